import type { ExistingClusterSettings } from "./existing.ts";

/** What a stack file may leave out of `slipway:cluster`. */
export const CLUSTER_DEFAULTS = {
  /** The names that the guides expect to find in a cluster (M-05, D-73). */
  storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
} as const satisfies Partial<ExistingClusterSettings>;
