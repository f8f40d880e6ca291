import type { ResourceOverrides } from "./add-on-resources.ts";

/** What the stack file says of logs (`slipway:platform.logging`): Loki, and Fluent Bit on every node. */
export interface LoggingSettings {
  readonly enabled: boolean;
  /**
   * Replicas of Loki, 1 or 3 to 9; always one where the cluster has no object store for logs. From three
   * on each line is held by three, so that one may be lost.
   */
  readonly replicas: number;
  /** How long a line can be found, in days, 1 to 365; then it is deleted. */
  readonly retentionDays: number;
  /**
   * Size of each replica's volume, such as `10Gi`: what is not in the object store yet, or everything
   * where there is no store. A claim can grow and never shrink.
   */
  readonly storage: string;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

export const LOGGING_DEFAULTS = {
  /** Off until somebody wants more than `kubectl logs` (D-90). */
  enabled: false,
  replicas: 3,
  /** As long as the shortest shipped lifetime of a bucket for logs. */
  retentionDays: 7,
  storage: "10Gi",
} as const satisfies LoggingSettings;
