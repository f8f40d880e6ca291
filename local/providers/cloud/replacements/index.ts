import { AZURE_PATHS, cloudOf } from "../../../../plan/recording/cloud-outputs/index.ts";
import type { PropertyPath } from "../../property-diff.ts";
import type { PropertyValue } from "../../property-values.ts";
import { contains, parseRange } from "../address-range.ts";
import { AWS_FIXED } from "./aws.ts";
import { AZURE_FIXED, AZURE_REFUSED } from "./azure-native.ts";
import { isFixed, type FixedFields } from "./fixed-fields.ts";
import { GCP_FIXED } from "./gcp.ts";

/** The rows by type, for tests. */
export const FIXED: Readonly<Record<string, FixedFields>> = {
  ...GCP_FIXED,
  ...AWS_FIXED,
  ...AZURE_FIXED,
};
export const REFUSED: Readonly<Record<string, FixedFields>> = AZURE_REFUSED;

/** A change of one field. */
export interface FieldChange {
  readonly path: PropertyPath;
  readonly before: PropertyValue | undefined;
  readonly after: PropertyValue | undefined;
}

/** Whether the resource has to be made anew for a change. */
export function replaces(type: string, change: FieldChange): boolean {
  if (isFixed(fixedFields(type), change.path)) return true;
  return EXCEPTIONS[type]?.(change) ?? false;
}

/** Whether the cloud refuses a change that its provider nevertheless sends. */
export function refuses(type: string, path: PropertyPath): boolean {
  return isFixed(REFUSED[type] ?? [], path);
}

function fixedFields(type: string): FixedFields {
  switch (cloudOf(type)) {
    case "gcp":
      return /I[aA][mM]Member$/.test(type) ? ["*"] : (GCP_FIXED[type] ?? []);
    case "aws":
      return ["region", ...(AWS_FIXED[type] ?? [])];
    case "azure-native": {
      const names = AZURE_PATHS[type]?.steps.map(([, input]) => input) ?? [];
      const scope = AZURE_PATHS[type]?.scope ?? "resourceGroupName";
      return [...names, scope, "location", ...(AZURE_FIXED[type] ?? [])];
    }
    case undefined:
      return [];
  }
}

/** Changes that depend on what the value was. */
const EXCEPTIONS: Readonly<Record<string, (change: FieldChange) => boolean>> = {
  // A range may grow in place, and never shrink or move.
  "gcp:compute/subnetwork:Subnetwork": ({ path, before, after }) =>
    path[0] === "ipCidrRange" && !grows(before, after),
  // A disk may grow in place; and an instance that is private cannot leave its network.
  "gcp:sql/databaseInstance:DatabaseInstance": ({ path, before, after }) => {
    const field = String(path.at(-1));
    if (field === "diskSize") return Number(after) < Number(before);
    return field === "privateNetwork" && before !== undefined && after === undefined;
  },
  // Encryption can be turned on in a cluster that has none, and then stays as it is.
  "aws:eks/cluster:Cluster": ({ path, before }) =>
    path[0] === "encryptionConfig" && before !== undefined,
};

function grows(before: PropertyValue | undefined, after: PropertyValue | undefined): boolean {
  const [old, wanted] = [before, after].map((value) =>
    typeof value === "string" ? parseRange(value) : undefined,
  );
  return old !== undefined && wanted !== undefined && contains(wanted, old);
}
