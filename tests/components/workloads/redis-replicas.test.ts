import assert from "node:assert/strict";
import {
  dataStoreSize,
  Redis,
  redisConnections,
  type RedisArgs,
} from "../../../components/workloads/index.ts";
import { byName } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { recordOn } from "../../support/recorded-program.ts";
import { own, workload } from "../../support/recorded-store.ts";
import { redisArgs, storeSecret } from "../../support/store-fixtures.ts";

/** A primary with replicas, and where it says that it is. */
async function recordReplicated(change: Partial<RedisArgs> = {}) {
  let connection: Redis["connection"] | undefined;
  const recording = await recordOn(({ providers, earlier }) => {
    const { monitors } = fullCapabilities(earlier);
    const source = storeSecret("secrets", { providers });
    const args = { ...redisArgs(source), mode: "replicated" as const, monitors, ...change };
    ({ connection } = new Redis("cache", args, { providers }));
  });
  return { recording, connection: connection ?? assert.fail() };
}

describe("Redis, replicated", () => {
  it("adds replicas with volumes, a Service for reads and a budget to what one server is", async () => {
    const { recording, connection } = await recordReplicated();
    const made = own(recording);
    assert.deepEqual(
      made.filter((line) => line.includes("replica")),
      [
        "ConfigMap cache-replica-files",
        "PersistentVolumeClaim cache-replica-claim-data-redis-replica-0",
        "PersistentVolumeClaim cache-replica-claim-data-redis-replica-1",
        "PodDisruptionBudget cache-replica-pdb",
        "Service cache-replica-headless",
        "Service cache-replica-service",
        "ServiceAccount cache-replica-service-account",
        "ServiceMonitor cache-replica-monitor",
        "StatefulService cache-replica",
        "StatefulSet cache-replica-statefulset",
      ],
    );
    assert.equal(workload(recording, "cache-deployment").replicas, 1);
    assert.deepEqual(connection, {
      host: "redis-service",
      port: 6379,
      readHost: "redis-service-read",
    });
    const { metadata } = byName(recording, "cache-replica-service").inputs;
    assert.partialDeepStrictEqual(metadata, { name: "redis-service-read" });
  });

  it("keeps the replicas out of the Service that takes writes", async () => {
    const { recording } = await recordReplicated();
    const selector = (name: string) =>
      (byName(recording, name).inputs["spec"] as { selector: Record<string, string> }).selector;
    const { template } = byName(recording, "cache-replica-statefulset").inputs["spec"] as {
      template: { metadata: { labels: Record<string, string> } };
    };
    const { labels } = template.metadata;
    const isChosen = (name: string) =>
      Object.entries(selector(name)).every(([key, value]) => labels[key] === value);
    assert.deepEqual([isChosen("cache-service"), isChosen("cache-replica-service")], [false, true]);
  });

  it("tells the replicas whom to follow, and asks a start for more than an answer", async () => {
    const { recording } = await recordReplicated();
    const settings = (name: string) =>
      (byName(recording, name).inputs["data"] as Record<string, string>)["redis.conf"] ?? "";
    assert.match(settings("cache-replica-files"), /^replicaof redis-service 6379$/m);
    assert.doesNotMatch(settings("cache-files"), /replicaof/);
    const [server] = workload(recording, "cache-replica-statefulset").template.spec.containers;
    assert.deepEqual(server.startupProbe?.exec, {
      command: [
        "sh",
        "-c",
        "redis-cli -h 127.0.0.1 info replication | grep -q ^master_link_status:up",
      ],
    });
    assert.equal(server.startupProbe.failureThreshold, 180);
  });

  it("leaves a single replica without a budget, which would block every drain", async () => {
    const { recording } = await recordReplicated({ replicas: 1 });
    assert.ok(!own(recording).some((line) => line.startsWith("PodDisruptionBudget")));
  });

  it("refuses a primary that forgets, and no replicas", async () => {
    await assert.rejects(recordReplicated({ persistence: "none", replicas: 0 }), {
      message: [
        "Invalid arguments:",
        "1. replicas: got 0, expected a whole number of at least 1. Write how many there are to be.",
        '2. persistence: got "none", expected aof or snapshots, because mode is replicated. ' +
          "A primary that starts empty makes every replica empty too.",
      ].join("\n"),
    });
  });

  it("states what the replicas reach, and what all servers need", () => {
    assert.deepEqual(redisConnections({ mode: "single" }), []);
    assert.deepEqual(redisConnections({ mode: "replicated" }), [
      { from: { part: "redis-replica" }, to: { part: "redis" }, port: 6379 },
    ]);
    const resources = {
      requests: { cpu: "1", memory: "1Gi" },
      limits: { cpu: "1", memory: "1Gi" },
    };
    const size = dataStoreSize({ resources, volume: { size: "10Gi", storageClass: "" } }, 3);
    assert.deepEqual([size.maxReplicas, size.claims], [3, ["10Gi", "10Gi", "10Gi"]]);
  });
});
