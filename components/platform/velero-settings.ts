import type { ResourceOverrides } from "./add-on-resources.ts";

/** What the stack file says of Velero (`slipway:platform.velero`). */
export interface VeleroSettings {
  /** Needs a cluster with an object store for backups. */
  readonly enabled: boolean;
  /** When everything in the cluster is backed up: five fields, in UTC. Applies from the next run. */
  readonly schedule: string;
  /** Days after which a backup and its snapshots are deleted, 1 to 365; of backups made from then on. */
  readonly keepDays: number;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

export const VELERO_DEFAULTS = {
  /** On demand (B-27): the stack makes all objects again, and data stores have backups of their own. */
  enabled: false,
  schedule: "0 1 * * *",
  /** As long as staging keeps the backups of its data stores (D-91). */
  keepDays: 14,
} as const satisfies VeleroSettings;
