import * as pulumi from "@pulumi/pulumi";
import {
  Backup,
  Postgres,
  Redis,
  type ChildBearingOptions,
  type ConfigSource,
} from "../../components/workloads/index.ts";
import { redisBackup, S3_STORE } from "./backup-fixtures.ts";
import { managedCloud } from "./managed-postgres.ts";
import { postgresArgs, redisArgs } from "./store-fixtures.ts";
import { PLACE } from "./workload-fixtures.ts";

const RESTORE = { file: "latest", requestedAt: "2026-11-21T10:00" };

/** Data stores in every mode that they have, each with its backup. Call inside a recorded program only. */
export function createStoresOfEveryMode(
  home: pulumi.Resource,
  source: ConfigSource,
  opts: ChildBearingOptions,
): void {
  new Postgres("db", postgresArgs(source), opts);
  new Redis("cache", redisArgs(source), opts);
  const queue = { component: "queue", serviceName: "queue-service" };
  new Redis("queue", { ...redisArgs(source), ...queue, mode: "replicated" }, opts);
  const snapshot = redisBackup(source);
  const password = { source, key: "redis-password" };
  new Backup(
    "cache-backup",
    { ...snapshot, source: { ...snapshot.source, password }, restore: RESTORE },
    opts,
  );
  createManaged(home, opts);
}

/** A database that the cloud runs, backed up to the cloud's store. */
function createManaged(home: pulumi.Resource, opts: ChildBearingOptions): void {
  const server = managedCloud(home).create("orders", {
    version: "15",
    size: { cpu: "2", memory: "4Gi" },
    storage: "50Gi",
    databases: ["orders"],
    adminUser: "orders",
    adminPassword: pulumi.secret("known to nobody"),
    highlyAvailable: true,
    backupDays: 7,
    retain: true,
  });
  const place = { ...PLACE, component: "orders", database: "orders", monitors: undefined };
  const { access } = new Postgres("orders", { ...place, mode: "managed", server }, opts);
  new Backup(
    "orders-backup",
    {
      ...PLACE,
      component: "orders-backup",
      source: { kind: "postgres", addresses: server.peers, ...access, client: access },
      volume: { size: "50Gi", storageClass: "standard" },
      store: S3_STORE,
      workloadIdentity: {
        serviceAccountAnnotations: { "cloud.test/a": "b" },
        podLabels: {},
        ready: [],
      },
      restore: RESTORE,
    },
    opts,
  );
}
