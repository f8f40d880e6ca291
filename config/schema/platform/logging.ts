import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { LOGGING_DEFAULTS } from "../../../components/platform/logging-settings.ts";
import { bytes, flag, partResources, section, wholeNumber } from "../values.ts";

/** Shape of `slipway:platform.logging`. */
export const loggingSchema = section(
  { description: "Output of all containers, kept and searched: Loki.", rows: ["B-32", "D-90"] },
  {
    enabled: flag({ description: "Whether it is installed.", rows: ["D-90"] }).default(
      LOGGING_DEFAULTS.enabled,
    ),
    replicas: wholeNumber(
      {
        description:
          "Replicas of Loki, 1 or 3 and more; always one where the cluster has no object store.",
      },
      1,
      9,
    ).default(LOGGING_DEFAULTS.replicas),
    retentionDays: wholeNumber(
      {
        description: "How long lines are kept, in days; at most slipway:cluster.logRetentionDays.",
      },
      1,
      365,
    ).default(LOGGING_DEFAULTS.retentionDays),
    storage: bytes({
      description: "Size of each replica's volume, such as 10Gi. It can grow, never shrink.",
    }).default(LOGGING_DEFAULTS.storage),
    resources: partResources(ADD_ON_RESOURCES.logging),
  },
).default(LOGGING_DEFAULTS);
