import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { NodePool } from "../../components/core/cluster-handle.ts";
import {
  clusterApi,
  countNodes,
  ensureControlPlane,
  startControlPlane,
  stateLayout,
  stopControlPlane,
} from "../../local/control-plane/index.ts";
import { REPOSITORY } from "../../local/repository.ts";

const stateDir = path.join(REPOSITORY, ".e2e/control-plane-nodes");
const pool: NodePool = { name: "general", cpu: "4", memory: "16Gi", minNodes: 1, maxNodes: 2 };

const sizes = async () => {
  const { items } = await clusterApi(stateLayout(stateDir).kubeconfig).list("v1", "Node");
  const nodes = items as {
    metadata?: { name?: string };
    status?: { capacity?: { cpu?: string } };
  }[];
  return nodes.map(({ metadata, status }) => [metadata?.name, status?.capacity?.cpu]);
};

describe("the nodes of a control plane that runs", () => {
  before(async () => {
    fs.rmSync(stateDir, { recursive: true, force: true });
    await startControlPlane({ stateDir, nodePools: [pool] });
  });

  after(() => stopControlPlane(stateDir));

  it("are replaced by those of another size, and ready", async () => {
    const nodePools = [{ ...pool, cpu: "8" }];
    assert.ok((await ensureControlPlane({ stateDir, nodePools })).wasRunning);
    assert.deepEqual(await sizes(), [
      ["general-0", "8"],
      ["general-1", "8"],
    ]);
    const api = clusterApi(stateLayout(stateDir).kubeconfig);
    assert.deepEqual(await countNodes(api), { nodes: 2, ready: 2 });
  });

  it("stay when the API server refuses those that would take their place", async () => {
    const nodePools = [{ ...pool, name: "No", maxNodes: 1 }];
    const said =
      /^The cluster could not be given the nodes of the stack: the API server answered 422: Node "No-0" is invalid: .*$/;
    await assert.rejects(ensureControlPlane({ stateDir, nodePools }), {
      name: "LocalError",
      message: said,
    });
    assert.equal((await sizes()).length, 2);
  });

  it("are left alone when Ctrl-C was typed before", async () => {
    const signal = AbortSignal.abort();
    await assert.rejects(ensureControlPlane({ stateDir, nodePools: [pool], signal }), {
      message:
        "Interrupted. The control plane still runs: make up goes on from here, make down stops it.",
      exitCode: 130,
    });
    assert.deepEqual((await sizes())[0], ["general-0", "8"]);
  });
});
