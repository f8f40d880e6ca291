import type { ObjectStore } from "../core/cluster-handle.ts";
import type { Guard } from "../core/guard.ts";
import type { Problem } from "../core/problem.ts";
import { checkMemory } from "../core/quantity.ts";
import type { LoggingSettings } from "./logging-settings.ts";
import { blobAccount } from "./loki-storage.ts";

/** Problems of the settings of logging. */
export function checkLogging({ enabled, replicas, storage }: LoggingSettings): Problem[] {
  return [
    ...checkMemory(storage, "storage"),
    ...(enabled && replicas === 2
      ? [
          {
            path: "replicas",
            got: "2",
            expected: "1, or 3 and more",
            remedy: "Write 3: of two neither can go on without the other.",
          },
        ]
      : []),
  ];
}

/** Problems of logging on a cluster: where lines lie, and how Loki gets there. */
export function checkLogStore(
  { enabled }: LoggingSettings,
  store: ObjectStore | undefined,
  guard: Guard,
): Problem[] {
  if (!enabled) return [];
  if (store === undefined) {
    if (guard === "relaxed") return [];
    return [
      {
        path: "logging.enabled",
        got: "true",
        expected:
          "false, because slipway:guard is strict and the cluster has no object store for logs: " +
          "on a volume there is one replica alone",
        remedy: "Turn it off, or use a cluster that Slipway makes in a cloud.",
      },
    ];
  }
  if (store.api !== "azblob" || blobAccount(store.endpoint) !== undefined) return [];
  return [
    {
      path: "logging.enabled",
      got: "true",
      expected: "a store whose endpoint begins with its account, because its kind is azblob",
      remedy: "Set objectStores.logs.endpoint of the cluster to https://ACCOUNT.blob.HOST.",
    },
  ];
}

/** Problems of lines that the object store's own rule deletes before Loki does. */
export function checkLogLifetime(
  { enabled, retentionDays }: LoggingSettings,
  storeDays: number,
): Problem[] {
  if (!enabled || retentionDays <= storeDays) return [];
  return [
    {
      path: "logging.retentionDays",
      got: String(retentionDays),
      expected: `at most cluster.logRetentionDays (${storeDays}), after which the store deletes them`,
      remedy: "Lower it, or raise cluster.logRetentionDays.",
    },
  ];
}
