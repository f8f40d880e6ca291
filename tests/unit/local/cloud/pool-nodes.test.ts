import assert from "node:assert/strict";
import fc from "fast-check";
import { V1NodeSpec, type V1Node } from "@kubernetes/client-node";
import type { CloudNodePool } from "../../../../local/cloud/cluster-hook-types.ts";
import { kubeletVersion, poolNodes } from "../../../../local/cloud/pool-nodes.ts";
import { planPool } from "../../../../local/cloud/provide-pool.ts";
import { sampleCluster } from "./cluster-samples.ts";

const CLOUDS = ["gcp", "aws", "azure-native"] as const;

const pool = (more: Partial<CloudNodePool> = {}): CloudNodePool => ({
  name: "general",
  machineType: "n2-standard-4",
  nodes: 4,
  zones: [],
  labels: {},
  taints: [],
  cpu: "4",
  memory: "16Gi",
  ...more,
});

const nodes = (cloud: (typeof CLOUDS)[number], more: Partial<CloudNodePool> = {}) =>
  poolNodes(sampleCluster(cloud), pool(more));

describe("poolNodes", () => {
  const zone = "topology.kubernetes.io/zone";

  it("spreads over the pool's zones, or the cluster's where it names none", () => {
    const zones = (more: Partial<CloudNodePool>) =>
      nodes("gcp", more).map(({ metadata }) => metadata.labels?.[zone]?.at(-1));
    assert.deepEqual(zones({}), ["a", "b", "c", "a"]);
    assert.deepEqual(zones({ zones: ["us-central1-f"] }), ["f", "f", "f", "f"]);
  });

  it("labels as each cloud does", () => {
    const labels = Object.fromEntries(
      CLOUDS.map((cloud) => [cloud, nodes(cloud, { labels: { own: "x" } })[0]?.metadata.labels]),
    );
    const machine = "node.kubernetes.io/instance-type";
    for (const cloud of CLOUDS) {
      assert.equal(labels[cloud]?.["own"], "x");
      assert.equal(labels[cloud][machine], "n2-standard-4");
    }
    assert.equal(labels["gcp"]?.["cloud.google.com/gke-nodepool"], "general");
    assert.equal(labels["aws"]?.["eks.amazonaws.com/nodegroup"], "general");
    assert.equal(labels["azure-native"]?.["kubernetes.azure.com/agentpool"], "general");
    assert.equal(labels["azure-native"]["agentpool"], "general");
    assert.equal(labels["azure-native"][zone], "westeurope-1");
  });

  it("writes taints as Kubernetes does, however the cloud does", () => {
    const taints = [
      { key: "a", value: "1", effect: "NO_SCHEDULE" },
      { key: "b", value: "", effect: "NoExecute" },
    ];
    assert.deepEqual(nodes("aws", { taints })[0]?.spec?.taints, [
      { key: "a", value: "1", effect: "NoSchedule" },
      { key: "b", effect: "NoExecute" },
    ]);
  });

  it("gives nodes the pool's version, else the cluster's", () => {
    const version = (more: Partial<CloudNodePool>) =>
      nodes("aws", more)[0]?.status.nodeInfo["kubeletVersion"];
    assert.deepEqual(
      [version({}), version({ kubernetesVersion: "1.33.2" })],
      ["v1.34.0", "v1.33.2"],
    );
    assert.equal(kubeletVersion("v1.34.1-gke.100"), "v1.34.1-gke.100");
  });

  it("names every node of a cluster otherwise, in a way that Kubernetes takes", () => {
    const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/);
    fc.assert(
      fc.property(
        fc.constantFrom(...CLOUDS),
        fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 60 }),
        (cloud, pools, count) => {
          const cluster = sampleCluster(cloud, { name: "c".repeat(40) });
          const all = pools.flatMap((one) => poolNodes(cluster, pool({ name: one, nodes: count })));
          const names = all.map(({ metadata }) => metadata.name);
          assert.equal(new Set(names).size, names.length);
          for (const one of names) assert.match(one, /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])$/);
        },
      ),
    );
  });
});

describe("planPool", () => {
  const spec = (fields: object) => Object.assign(new V1NodeSpec(), fields);
  const live = (more: Partial<CloudNodePool> = {}) => nodes("gcp", more) as unknown as V1Node[];

  it("changes nothing where all is as it is to be", () => {
    const taints = [{ key: "a", effect: "NoSchedule" }];
    const plan = planPool(nodes("gcp", { taints }), live({ taints }));
    assert.deepEqual(plan, { create: [], update: [], remove: [] });
  });

  it("adds and removes at the end, and leaves the others alone", () => {
    const larger = planPool(nodes("gcp", { nodes: 6 }), live());
    assert.equal(larger.create.length, 2);
    assert.deepEqual([larger.update, larger.remove], [[], []]);
    const smaller = planPool(nodes("gcp", { nodes: 1 }), live());
    assert.deepEqual([smaller.create, smaller.update, smaller.remove.length], [[], [], 3]);
  });

  it("makes the nodes of another machine type anew", () => {
    const { create, update, remove } = planPool(nodes("gcp", { machineType: "n2-x" }), live());
    assert.deepEqual([create.length, update.length, remove.length], [4, 0, 4]);
  });

  it("takes away a label that the pool gives no more, and keeps what the control plane tainted", () => {
    const present = live({ labels: { old: "x" }, nodes: 1 });
    const notReady = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" };
    for (const node of present) node.spec = spec({ taints: [notReady] });
    const taints = [{ key: "a", effect: "NoSchedule" }];
    const { update } = planPool(
      nodes("gcp", { labels: { fresh: "y" }, taints, nodes: 1 }),
      present,
      ["old"],
    );
    assert.deepEqual(update[0]?.labels, { fresh: "y", old: null });
    assert.deepEqual(update[0].taints, [notReady, ...taints]);
  });

  it("opens a node again that was on its way out", () => {
    const present = live({ nodes: 1 });
    for (const node of present) node.spec = spec({ unschedulable: true });
    assert.equal(planPool(nodes("gcp", { nodes: 1 }), present).update.length, 1);
  });
});
