import assert from "node:assert/strict";
import type { V1Node } from "@kubernetes/client-node";
import { leaks, retainedDisks } from "../../local/cloud/index.ts";
import { changesIn, stepsIn, type EngineResult } from "../../local/engine/index.ts";
import { writeBehaviour } from "../../local/providers/cloud/behaviour.ts";
import { viewCluster, type ClusterView } from "../support/cluster-inventory.ts";
import { CLOUD_LIVES, type CloudLife } from "../support/cloud-lives.ts";
import { startCloudStack, type CloudStack } from "../support/cloud-stack.ts";
import { comparableEntry, comparableState } from "../support/comparable-state.ts";
import { succeeded } from "../support/engine-review.ts";

const CLUSTER = "slipway:cluster";

/** What exists in a cloud, with the end of a name that the engine drew written as a plan writes it. */
const withoutDrawnDigits = (existing: string) =>
  existing.replaceAll(/(?<=[a-z]-|vaults\/cluster-keys)[0-9a-f]{7,8}(?![0-9a-z-])/g, (drawn) =>
    "x".repeat(drawn.length),
  );

const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";

/** Resources below the program itself that an operation is done to, by name. */
function touched(result: EngineResult): string[] {
  return stepsIn(result.events)
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ op, urn }) => `${op} ${nameOf(urn)}`)
    .toSorted();
}

// Each is one story: every test begins where the one before it ended.
for (const life of CLOUD_LIVES) {
  describe(`prod on ${life.kind}, from an empty account to a working API server and back`, () => {
    tellLife(life);
  });
}

function tellLife(life: CloudLife): void {
  let stack: CloudStack;
  let foreseen: Record<string, number>;
  let cluster: ClusterView;

  before(async () => {
    stack = await startCloudStack(life.example, `cloud-life-${life.kind}`);
    stack.set([CLUSTER, "kubernetesVersion"], "1.34");
  });

  after(() => stack.stop());

  it("is shown whole in a preview, although there is no cluster", async () => {
    const result = succeeded(await stack.engine.preview());
    foreseen = changesIn(result.events);
    const planned = await stack.plan();
    assert.deepEqual(foreseen, { create: planned.length });
  });

  it("stops where a quota is used up, and goes on from there", async () => {
    writeBehaviour(stack.account, life.cloud, { failures: [{ type: life.poolType, create: 1 }] });
    const stopped = await stack.engine.up();
    assert.notEqual(stopped.exitCode, 0);
    assert.match(stopped.stdout, /quota/i);
    const before = changesIn(stopped.events)["create"] ?? 0;
    const result = succeeded(await stack.engine.up());
    const after = changesIn(result.events);
    assert.deepEqual(Object.keys(after), ["create"]);
    assert.ok(before > 0, "nothing was made before the quota was met");
    assert.equal(before + (after["create"] ?? 0), foreseen["create"]);
    cluster = viewCluster(stack.adminKubeconfig());
  });

  it("is kept in the state as the plan says", async () => {
    const planned = new Map(
      (await stack.plan()).map((entry) => [entry.urn, comparableEntry(entry)]),
    );
    const state = await comparableState(stack.engine, planned);
    const kept = new Map(state.map((entry) => [entry.urn, entry]));
    assert.deepEqual([...kept.keys()].toSorted(), [...planned.keys()].toSorted());
    for (const [urn, entry] of planned) assert.deepEqual(kept.get(urn), entry, urn);
  });

  it("has nothing to do in a second preview", async () => {
    succeeded(await stack.engine.preview("--expect-no-changes"));
  });

  it("lets one pool grow, and touches nothing else", async () => {
    const earlier = await nodes();
    stack.set([CLUSTER, "nodePools", life.generalPool, "maxNodes"], life.grownTo);
    const result = succeeded(await stack.engine.up());
    assert.deepEqual(touched(result), life.touchedByGrowth);
    const later = await nodes();
    assert.ok(later.size > earlier.size, `${later.size} nodes, ${earlier.size} before`);
    const gone = [...earlier].filter(([uid]) => !later.has(uid)).map(([, name]) => name);
    assert.deepEqual(gone, []);
  });

  it("raises the Kubernetes version in place", async () => {
    stack.set([CLUSTER, "kubernetesVersion"], "1.35");
    const result = succeeded(await stack.engine.up());
    const others = touched(result).filter((step) => !step.startsWith("update "));
    assert.deepEqual(others, []);
    assert.deepEqual(touched(result), life.touchedByVersion);
    succeeded(await stack.engine.preview("--expect-no-changes"));
  });

  it("refuses to be destroyed while it is protected", async () => {
    const urns = async () =>
      ((await stack.engine.exportState()).deployment.resources ?? []).map(({ urn }) => urn);
    const before = await urns();
    assert.match(await stack.destroyUntilRefused(), /destroy-guard-last/);
    assert.deepEqual(await urns(), before);
  });

  it("is taken down as docs/clouds says, and leaves what the stack file retains, by name", async () => {
    stack.set(["slipway:guard"], "relaxed");
    stack.set([CLUSTER, "deletionProtection"], false);
    stack.set(["slipway:systems", "kaizenStudio", "state"], "suspended");
    stack.set(["slipway:systems", "kaizenStudio", "deleteData"], true);
    succeeded(await stack.engine.up());
    stack.set(["slipway:systems", "kaizenStudio", "state"], "removed");
    succeeded(await stack.engine.up());
    succeeded(await stack.engine.destroy());
    assert.deepEqual(leaks(stack.account), []);
    assert.deepEqual(stack.inventory().map(withoutDrawnDigits), life.retained);
    // Volumes of a class that retains; their claims are gone with the system.
    for (const { type } of retainedDisks(stack.account)) assert.ok(type.length > 0);
  });

  /** Names of nodes by what tells a node from a later one of its name. */
  async function nodes(): Promise<Map<string, string>> {
    const all = await cluster.list<V1Node>("v1", "Node");
    return new Map(all.map(({ metadata }) => [metadata?.uid ?? "", metadata?.name ?? ""]));
  }
}
