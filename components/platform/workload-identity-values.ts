import * as pulumi from "@pulumi/pulumi";
import type { WorkloadIdentity } from "../core/workload-identity.ts";
import type { ChartValues } from "./chart-values.ts";

/** Annotations of a ServiceAccount, as a chart takes them. */
export function identityAnnotations(identity: WorkloadIdentity): ChartValues {
  return Object.fromEntries(
    Object.entries(identity.serviceAccountAnnotations).map(([key, value]) => [
      key,
      typeof value === "string" ? value : pulumi.output(value),
    ]),
  );
}
