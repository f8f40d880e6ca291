import assert from "node:assert/strict";
import { leaks, stopCloud } from "../../local/cloud/index.ts";
import { forgetMade } from "../../local/cloud/left-behind.ts";
import { startCloudStack, type CloudStack } from "../support/cloud-stack.ts";
import { succeeded } from "../support/engine-review.ts";

const CONTROLLER = "ingress-nginx/ingress-nginx-controller";
const IN_CLUSTER = "kubernetes:";

// As docs/runbooks/cluster-unreachable.md has it: each test begins where the one before it ended.
describe("a stack on GKE whose cluster cannot be reached any more", () => {
  let stack: CloudStack;

  const types = async () =>
    ((await stack.engine.exportState()).deployment.resources ?? []).map(({ type }) => type);

  before(async () => {
    stack = await startCloudStack(undefined, "cluster-unreachable");
    // Without systems: what is in the cluster is the platform, with a load balancer.
    stack.set(["slipway:systems"], {});
    succeeded(await stack.engine.up());
    await stopCloud(stack.account);
  });

  after(() => stack.stop());

  it("stops with the reason and the way out, and forgets nothing", async () => {
    const before = await types();
    const unprotected = await stack.engine.run("state", "unprotect", "--all", "--yes");
    assert.equal(unprotected.exitCode, 0, unprotected.stderr);
    const result = await stack.engine.destroy();
    assert.notEqual(result.exitCode, 0);
    assert.match(result.stdout, /cannot be reached: connect ECONNREFUSED/);
    assert.match(result.stdout, /PULUMI_K8S_DELETE_UNREACHABLE set to "true"/);
    const left = await types();
    const inCluster = (all: readonly string[]) => all.filter((type) => type.startsWith(IN_CLUSTER));
    assert.deepEqual(inCluster(left).toSorted(), inCluster(before).toSorted());
    assert.ok(left.includes("gcp:container/cluster:Cluster"));
  });

  it("goes when that is said, and leaves in the cloud what only the cluster knew of", async () => {
    const name = "PULUMI_K8S_DELETE_UNREACHABLE";
    process.env[name] = "true";
    try {
      // A release goes by this alone, and not by destroy.
      succeeded(await stack.engine.refresh());
      stack.set(["slipway:guard"], "relaxed");
      stack.set(["slipway:cluster", "deletionProtection"], false);
      succeeded(await stack.engine.up("--target", "**::cluster-gke"));
      const stopped = await stack.engine.destroy();
      assert.notEqual(stopped.exitCode, 0);
      assert.match(stopped.stdout, /atlasia-prod-nodes is still used by load-balancer/);
      const [left, ...others] = leaks(stack.account);
      assert.equal(left?.kind === "load-balancer" && left.service, CONTROLLER);
      assert.ok(others.every(({ kind }) => kind === "disk"));
      // Somebody deletes it by hand.
      forgetMade(stack.account, "load-balancer", left?.name ?? "");
      succeeded(await stack.engine.destroy());
    } finally {
      Reflect.deleteProperty(process.env, name);
    }
    assert.deepEqual(await types(), []);
    assert.ok(!stack.inventory().some((one) => /^gcp:(container|compute)/.test(one)));
  });
});
