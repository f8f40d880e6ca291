import assert from "node:assert/strict";
import { sign, verify } from "node:crypto";
import type {
  V1Deployment,
  V1PersistentVolumeClaim,
  V1Pod,
  V1Secret,
} from "@kubernetes/client-node";
import { quoted, review, succeeded } from "../support/engine-review.ts";
import { viewCluster, type ClusterView } from "../support/cluster-inventory.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";

const NAMESPACE = "kaizen-studio-local";
const KAIZEN = ["slipway:systems", "kaizenStudio"];

// The tests are one story: each begins where the one before it ended.
describe("the life of a system on the real engine and API server", () => {
  let stack: RunningStack;
  let cluster: ClusterView;

  const set = (keys: readonly string[], value: unknown) => {
    stack.set([...KAIZEN, ...keys], value);
  };
  const previewed = async () => review(succeeded(await stack.engine.preview()));
  const up = async () => succeeded(await stack.engine.up());

  const deployments = async () => {
    const all = await cluster.list<V1Deployment>("apps/v1", "Deployment", NAMESPACE);
    return new Map(all.map((deployment) => [deployment.metadata?.name ?? "", deployment]));
  };

  /** The names of the Deployments whose pods `work` replaced; an HPA may add some at any time. */
  async function rolledBy(work: () => Promise<unknown>): Promise<string[]> {
    const templates = async () =>
      [...(await deployments())].map(
        ([name, { spec }]) => [name, JSON.stringify(spec?.template)] as const,
      );
    const earlier = new Map(await templates());
    await work();
    return (await templates())
      .filter(([name, template]) => template !== earlier.get(name))
      .map(([name]) => name);
  }

  const secretData = async () => {
    const all = await cluster.list<V1Secret>("v1", "Secret", NAMESPACE);
    const found = all.find(({ metadata }) => metadata?.name === "kaizen-studio-secrets");
    const entries = Object.entries(found?.data ?? {});
    return Object.fromEntries(
      entries.map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]),
    );
  };

  /** Name and uid of each claim: another claim of the same name has other data. */
  const claims = async () => {
    const all = await cluster.list<V1PersistentVolumeClaim>(
      "v1",
      "PersistentVolumeClaim",
      NAMESPACE,
    );
    return all.map(({ metadata }) => `${metadata?.name ?? ""} ${metadata?.uid ?? ""}`).toSorted();
  };

  /** Pods that serve; those of Jobs have ended. */
  const podNames = async () => {
    const all = await cluster.list<V1Pod>("v1", "Pod", NAMESPACE);
    return all.map(({ metadata }) => metadata?.name ?? "");
  };

  const changedKeys = (one: Record<string, string>, other: Record<string, string>) =>
    Object.keys({ ...one, ...other }).filter((key) => one[key] !== other[key]);

  before(async () => {
    stack = await startStack("local", "system-life");
    cluster = viewCluster(stack.controlPlane.kubeconfig);
    // The system is the subject; without add-ons each step takes seconds.
    for (const addOn of ["certManager", "ingressNginx", "monitoring"]) {
      stack.set(["slipway:platform", addOn, "enabled"], false);
    }
    set(["jwtAlgorithm"], "RS256");
    await up();
  });

  after(() => stack.stop());

  it("has a key pair that signs, both halves in the Secret", async () => {
    const data = await secretData();
    assert.ok(!("jwt-secret" in data));
    const token = Buffer.from("token");
    const signature = sign("sha256", token, data["jwt-private-key"] ?? "");
    assert.ok(verify("sha256", token, data["jwt-public-key"] ?? "", signature));
  });

  it("restarts one part when its restartedAt changes", async () => {
    set(["backend", "restartedAt"], quoted("2026-11-21T10:00:00Z"));
    assert.deepEqual(await previewed(), [
      'update backend-deployment spec.template.metadata.annotations["slipway/restarted-at"]',
    ]);
    assert.deepEqual(await rolledBy(up), ["backend"]);
  });

  it("changes the bounds of its scale", async () => {
    set(["backend", "hpa", "minReplicas"], 2);
    set(["backend", "hpa", "maxReplicas"], 5);
    assert.deepEqual(await previewed(), [
      "create backend-pdb",
      "update backend-hpa spec.maxReplicas spec.minReplicas",
    ]);
    assert.deepEqual(await rolledBy(up), []);
  });

  it("changes the resources of one part", async () => {
    set(["frontend", "resources"], { limits: { memory: "640Mi" } });
    assert.deepEqual(await previewed(), [
      "update frontend-deployment spec.template.spec.containers[0].resources.limits.memory",
    ]);
    assert.deepEqual(await rolledBy(up), ["frontend"]);
  });

  it("adds configuration, which rolls what reads it", async () => {
    set(["backend", "extraConfig"], { LOG_LEVEL: "WARNING" });
    set(["frontend", "extraEnv"], { NGINX_WORKERS: "2" });
    assert.deepEqual(await previewed(), [
      'update backend-deployment spec.template.metadata.annotations["checksum/configmap-kaizen-studio-config"]',
      "update config-configmap data.LOG_LEVEL",
      "update frontend-deployment spec.template.spec.containers[0].env",
    ]);
    assert.deepEqual((await rolledBy(up)).toSorted(), ["backend", "frontend"]);
  });

  it("rotates a generated password, and rolls what reads it", async () => {
    const earlier = await secretData();
    set(["rotation", "redisPassword"], "2");
    assert.deepEqual(await previewed(), [
      "create-replacement secrets-redis-password keepers",
      "delete-replaced secrets-redis-password",
      "replace secrets-redis-password keepers",
      'update backend-deployment spec.template.metadata.annotations["checksum/secret-kaizen-studio-secrets"]',
      'update redis-deployment spec.template.metadata.annotations["checksum/secret-kaizen-studio-secrets"]',
      "update secrets-secret data",
    ]);
    assert.deepEqual((await rolledBy(up)).toSorted(), ["backend", "redis"]);
    assert.deepEqual(changedKeys(earlier, await secretData()), ["redis-password", "redis-url"]);
  });

  it("rotates the key pair that signs", async () => {
    const earlier = await secretData();
    set(["rotation", "jwtKey"], quoted("2026-11-21"));
    assert.deepEqual(await previewed(), [
      "create secrets-jwt-private-key-2026-11-21",
      "delete secrets-jwt-private-key",
      'update backend-deployment spec.template.metadata.annotations["checksum/secret-kaizen-studio-secrets"]',
      "update secrets-secret data",
    ]);
    assert.deepEqual(await rolledBy(up), ["backend"]);
    const changed = changedKeys(earlier, await secretData());
    assert.deepEqual(changed, ["jwt-private-key", "jwt-public-key"]);
  });

  it("suspended, runs nothing and keeps namespace and secrets", async () => {
    const earlier = await secretData();
    const earlierClaims = await claims();
    assert.equal(earlierClaims.length, 4);
    set(["state"], "suspended");
    assert.deepEqual(await previewed(), [
      "delete backend-deployment",
      "delete backend-hpa",
      "delete backend-pdb",
      "delete backend-service",
      "delete backend-service-account",
      "delete connections-backend-policy",
      "delete connections-migration-policy",
      "delete connections-postgres-backup-policy",
      "delete connections-postgres-policy",
      "delete connections-redis-backup-policy",
      "delete connections-redis-policy",
      "delete frontend-deployment",
      "delete frontend-service",
      "delete frontend-service-account",
      "delete frontend-service-web-service",
      "delete migration-job-537977bf68",
      "delete migration-service-account",
      "update postgres-backup-schedule-cronjob spec.suspend",
      "update postgres-server-headless metadata.annotations",
      "update postgres-server-service metadata.annotations",
      "update postgres-server-statefulset spec.replicas",
      "update redis-backup-schedule-cronjob spec.suspend",
      "update redis-deployment spec.replicas",
      "update redis-service metadata.annotations",
    ]);
    await up();
    assert.deepEqual([...(await deployments()).keys()], ["redis"]);
    assert.deepEqual(await podNames(), []);
    assert.deepEqual(await claims(), earlierClaims);
    assert.deepEqual(await secretData(), earlier);
    succeeded(await stack.engine.preview("--expect-no-changes"));

    set(["state"], "running");
    await up();
    assert.deepEqual([...(await deployments()).keys()].toSorted(), [
      "backend",
      "frontend",
      "redis",
    ]);
    assert.deepEqual(await secretData(), earlier);
    assert.deepEqual(await claims(), earlierClaims);
  });

  it("is not removed before it is asked for twice", async () => {
    set(["state"], "removed");
    const refused = await stack.engine.up();
    assert.notEqual(refused.exitCode, 0);
    assert.match(
      `${refused.stdout}${refused.stderr}`,
      /systems\.kaizenStudio\.state: got "removed", expected deleteData: true beside it/,
    );
    assert.equal((await deployments()).size, 3);

    set(["deleteData"], true);
    await up();
    const left = (await cluster.inventory()).filter((object) => object.includes(NAMESPACE));
    assert.deepEqual(left, []);
    succeeded(await stack.engine.preview("--expect-no-changes"));
  });
});
