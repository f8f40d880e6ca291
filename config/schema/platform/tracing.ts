import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { TRACING_DEFAULTS } from "../../../components/platform/tracing-settings.ts";
import { bytes, flag, partResources, section, wholeNumber } from "../values.ts";

/** Shape of `slipway:platform.tracing`. */
export const tracingSchema = section(
  { description: "Traces, kept and searched: Jaeger.", rows: ["T-36", "B-35"] },
  {
    enabled: flag({ description: "Whether it is installed. Needs monitoring." }).default(
      TRACING_DEFAULTS.enabled,
    ),
    retentionDays: wholeNumber(
      { description: "How long traces are kept, in days." },
      1,
      90,
    ).default(TRACING_DEFAULTS.retentionDays),
    storage: bytes({
      description: "Size of the volume, such as 10Gi. It can grow, never shrink.",
    }).default(TRACING_DEFAULTS.storage),
    resources: partResources(ADD_ON_RESOURCES.tracing),
  },
).default(TRACING_DEFAULTS);
