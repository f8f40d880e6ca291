import type { ResourceOverrides } from "./add-on-resources.ts";

/** What the stack file says of traces (`slipway:platform.tracing`): Jaeger. */
export interface TracingSettings {
  /** Needs monitoring, beside which it lives (T-36). */
  readonly enabled: boolean;
  /** How long a trace can be found, in days, 1 to 90; then it is deleted. */
  readonly retentionDays: number;
  /** Size of the volume that holds the traces, such as `10Gi`. A claim can grow and never shrink. */
  readonly storage: string;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

export const TRACING_DEFAULTS = {
  /** Off until an application sends traces (B-35). */
  enabled: false,
  retentionDays: 7,
  storage: "10Gi",
} as const satisfies TracingSettings;
