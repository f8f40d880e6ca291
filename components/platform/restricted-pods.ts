import type { ChartValues } from "./chart-values.ts";

/** What a chart has to be told for its pods to pass the level restricted, where it does not say so itself. */
export const RESTRICTED_POD = {
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
} as const satisfies ChartValues;

/** The same of each container. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
} as const satisfies ChartValues;
