import assert from "node:assert/strict";
import {
  nodeObjects,
  planNodes,
  storageClassObjects,
} from "../../../../local/control-plane/cluster-objects.ts";

const general = { name: "general", cpu: "4", memory: "16Gi", minNodes: 1, maxNodes: 4 };
const data = { name: "data", cpu: "8", memory: "32Gi", minNodes: 1, maxNodes: 1 };

describe("nodeObjects", () => {
  const nodes = nodeObjects([general, data], "v1.36.3");

  it("makes as many nodes of each pool as it may grow to, spread over three zones", () => {
    assert.deepEqual(
      nodes.map(({ metadata }) => [
        metadata.name,
        metadata.labels?.["slipway.local/node-pool"],
        metadata.labels?.["topology.kubernetes.io/zone"],
      ]),
      [
        ["general-0", "general", "local-a"],
        ["general-1", "general", "local-b"],
        ["general-2", "general", "local-c"],
        ["general-3", "general", "local-a"],
        ["data-0", "data", "local-a"],
      ],
    );
  });

  it("gives each the size of its pool", () => {
    assert.deepEqual(nodes.at(-1)?.status.allocatable, {
      cpu: "8",
      memory: "32Gi",
      pods: "110",
      "ephemeral-storage": "100Gi",
    });
  });
});

describe("planNodes", () => {
  const present = nodeObjects([general], "v1.36.3");
  const names = (nodes: readonly { metadata: { name: string } }[]) =>
    nodes.map(({ metadata }) => metadata.name);

  it("changes nothing when the nodes are there, however their size is written", () => {
    const wanted = nodeObjects([{ ...general, cpu: "4000m", memory: "16384Mi" }], "v1.36.3");
    assert.deepEqual(planNodes(wanted, present), { create: [], remove: [] });
  });

  it("adds a pool, drops surplus nodes, makes those of another size anew", () => {
    const wanted = nodeObjects([{ ...general, maxNodes: 2, cpu: "2" }, data], "v1.36.3");
    const plan = planNodes(wanted, present);
    assert.deepEqual(names(plan.create), ["general-0", "general-1", "data-0"]);
    assert.deepEqual(plan.remove, names(present));
  });
});

describe("storageClassObjects", () => {
  it("are standard, the default, and fast-ssd", () => {
    const key = "storageclass.kubernetes.io/is-default-class";
    assert.deepEqual(
      storageClassObjects().map(({ metadata }) => [metadata.name, metadata.annotations?.[key]]),
      [
        ["standard", "true"],
        ["fast-ssd", "false"],
      ],
    );
  });
});
