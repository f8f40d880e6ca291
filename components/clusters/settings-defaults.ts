import type { ExistingClusterSettings } from "./existing.ts";

/** What a stack file may leave out of `slipway:cluster`. */
export const CLUSTER_DEFAULTS = {
  /** The names that the guides expect to find in a cluster (M-05, D-73). */
  storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
} as const satisfies Partial<ExistingClusterSettings>;

/** What a stack file may leave out of `slipway:cluster` in a cloud. */
export const CLOUD_DEFAULTS = {
  /** Data does not stand on nodes that vanish. */
  nodePool: { spot: false },
  /** No guide mounts one volume in several pods (D-32). */
  storage: { rwx: false },
  /** The guides name registries of their own. */
  registry: false,
} as const;
