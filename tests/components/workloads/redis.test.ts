import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { Redis, type ConfigSource, type RedisArgs } from "../../../components/workloads/index.ts";
import { byName } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { dependencyNames, recordOn, type Ground } from "../../support/recorded-program.ts";
import { fromSecret, own, workload } from "../../support/recorded-store.ts";
import { redisArgs, storeSecret } from "../../support/store-fixtures.ts";

type Change = (ground: Ground, source: ConfigSource) => Partial<RedisArgs>;

const recordRedis = (change: Change = () => ({})) =>
  recordOn((ground) => {
    const { providers } = ground;
    const source = storeSecret("secrets", { providers });
    return new Redis("cache", { ...redisArgs(source), ...change(ground, source) }, { providers });
  });
const monitored = ({ earlier }: Ground) => ({ monitors: fullCapabilities(earlier).monitors });

describe("Redis", () => {
  it("makes a server with volume, Service, files and, where something reads it, a monitor", async () => {
    const recording = await recordRedis(monitored);
    assert.deepEqual(own(recording), [
      "ConfigMap cache-files",
      "Deployment cache-deployment",
      "PersistentVolumeClaim cache-claim-redis-data",
      "Redis cache",
      "Service cache-service",
      "ServiceAccount cache-service-account",
      "ServiceMonitor cache-monitor",
    ]);
    assert.deepEqual(
      dependencyNames(byName(recording, "cache-deployment")).filter(
        (name) => !name.startsWith("secrets"),
      ),
      ["cache-claim-redis-data", "cache-files", "cache-service-account"],
    );
  });

  it("stops the old pod before the new one starts, since they share a volume", async () => {
    const { strategy, replicas } = workload(await recordRedis(), "cache-deployment");
    assert.deepEqual([strategy, replicas], [{ type: "Recreate" }, 1]);
  });

  it("has its password in the environment and on no command line", async () => {
    const recording = await recordRedis();
    const { containers, securityContext } = workload(recording, "cache-deployment").template.spec;
    const [server, exporter] = containers;
    assert.equal(securityContext.runAsUser, 999);
    assert.deepEqual(server.command, ["sh", "/etc/redis/start.sh"]);
    assert.deepEqual(server.env, [fromSecret("REDISCLI_AUTH", "redis-password")]);
    assert.deepEqual(exporter.env, [
      { name: "REDIS_ADDR", value: "redis://127.0.0.1:6379" },
      fromSecret("REDIS_PASSWORD", "redis-password"),
    ]);
    assert.deepEqual(server.startupProbe?.exec, {
      command: ["sh", "-c", "redis-cli -h 127.0.0.1 ping | grep -qx PONG"],
    });
  });

  it("writes its settings", async () => {
    const settings = async (change: Partial<RedisArgs>) => {
      const { inputs } = byName(await recordRedis(() => change), "cache-files");
      return (inputs["data"] as Record<string, string>)["redis.conf"]?.trimEnd().split("\n");
    };
    assert.deepEqual(await settings({}), [
      "bind * -::*",
      "port 6379",
      "dir /data",
      "tcp-keepalive 60",
      "maxmemory 805306368",
      "maxmemory-policy volatile-lru",
      "appendonly yes",
      "appendfsync everysec",
      "save 3600 1 300 100 60 10000",
      "include /run/redis/auth.conf",
    ]);
    const other = await settings({
      maxMemory: "512Mi",
      maxMemoryPolicy: "noeviction",
      persistence: "none",
    });
    assert.deepEqual(other?.slice(4, 9), [
      "maxmemory 536870912",
      "maxmemory-policy noeviction",
      "appendonly no",
      "appendfsync everysec",
      'save ""',
    ]);
  });

  it("runs nothing when suspended and keeps its volume", async () => {
    const recording = await recordRedis(() => ({ suspended: true, protectData: true }));
    assert.equal(workload(recording, "cache-deployment").replicas, 0);
    assert.ok(byName(recording, "cache-claim-redis-data").protect);
  });

  it("refuses memory that the kernel would take away, and a password that anybody may read", async () => {
    const bad = recordRedis(({ earlier }) => {
      const source = {
        kind: "ConfigMap" as const,
        name: "open",
        keys: ["redis-password"],
        checksums: { "redis-password": "" },
        object: earlier as pulumi.Resource,
      };
      return { maxMemory: "1Gi", password: { source, key: "redis-password" } };
    });
    await assert.rejects(bad, {
      message: [
        "Invalid arguments:",
        '1. maxMemory: got "1Gi", expected at most nine tenths of resources.limits.memory (1Gi). ' +
          "Raise the limit or lower maxMemory: at the limit the kernel kills the server.",
        "2. password: got ConfigMap, expected a key of a Secret. " +
          "Anybody may read a ConfigMap; put the password into a Secret.",
      ].join("\n"),
    });
  });
});
