import { Bucket } from "@pulumi/gcp/storage/bucket.js";
import type { ClusterHandle, ObjectStore } from "../../core/cluster-handle.ts";
import type { GkeKey } from "./keys.ts";
import type { GkePlace } from "./place.ts";

type Purpose = "backups" | "logs";

/** The buckets. */
export type GkeStores = Readonly<Record<Purpose, Bucket>>;

/** Days for which what was deleted or overwritten can be brought back. */
const KEPT_DAYS = { backups: 30, logs: 7 } as const;
const DAY_SECONDS = 24 * 60 * 60;
/** Days after which an upload that nobody finished is given up. */
const UNFINISHED_DAYS = 7;

/** The stores as the contract names them. */
export function objectStores({
  args,
  names,
}: Pick<GkePlace, "args" | "names">): Required<ClusterHandle["objectStores"]> {
  const store = (bucket: string): ObjectStore => ({ api: "gcs", bucket, region: args.region });
  return { backups: store(names.backupsBucket), logs: store(names.logsBucket) };
}

/** Makes the stores for backups and logs. */
export function createObjectStores(place: GkePlace, key: GkeKey): GkeStores {
  return { backups: store(place, "backups", key), logs: store(place, "logs", key) };
}

function store(place: GkePlace, purpose: Purpose, { key, access }: GkeKey): Bucket {
  const { name, args, names, keeping } = place;
  return new Bucket(
    `${name}-store-${purpose}`,
    {
      project: args.project,
      name: purpose === "backups" ? names.backupsBucket : names.logsBucket,
      // A region, so that a copy lies in each of its zones.
      location: args.region,
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: KEPT_DAYS[purpose] * DAY_SECONDS },
      encryption: { defaultKmsKeyName: key.id },
      lifecycleRules: lifecycleRules(purpose, args.logRetentionDays),
      // Google deletes no bucket that holds anything, unless it is emptied first.
      forceDestroy: !args.retainData,
    },
    keeping({ dependsOn: [access] }),
  );
}

/** When Google itself deletes: old versions of everything, and logs that are old enough. */
export function lifecycleRules(purpose: Purpose, logRetentionDays: number) {
  const rules = [
    {
      action: { type: "Delete" },
      condition: { daysSinceNoncurrentTime: KEPT_DAYS[purpose], withState: "ARCHIVED" },
    },
    {
      action: { type: "AbortIncompleteMultipartUpload" },
      condition: { age: UNFINISHED_DAYS, withState: "ANY" },
    },
  ];
  if (purpose === "backups") return rules;
  const expired = {
    action: { type: "Delete" },
    condition: { age: logRetentionDays, withState: "LIVE" },
  };
  return [...rules, expired];
}
