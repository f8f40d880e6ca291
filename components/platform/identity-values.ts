import * as pulumi from "@pulumi/pulumi";
import type { WorkloadIdentity } from "../core/workload-identity.ts";
import type { ChartValues } from "./chart-values.ts";

/** What the ServiceAccount of an identity carries, as values of a chart. */
export function accountAnnotations(identity: WorkloadIdentity | undefined): ChartValues {
  return Object.fromEntries(
    Object.entries(identity?.serviceAccountAnnotations ?? {}).map(([key, value]) => [
      key,
      typeof value === "string" ? value : pulumi.output(value),
    ]),
  );
}
