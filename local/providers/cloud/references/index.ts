import { cloudOf } from "../../../../plan/recording/cloud-outputs/index.ts";
import type { Json, JsonObject } from "../../property-values.ts";
import { CloudError } from "../cloud-error.ts";
import { recordKey, type CloudRecord } from "../cloud-record.ts";
import { AWS_REFERENCES } from "./aws.ts";
import { AZURE_REFERENCES } from "./azure-native.ts";
import { containerOf } from "./azure-containers.ts";
import { GCP_REFERENCES } from "./gcp.ts";
import { isForeign, names } from "./naming.ts";
import type { Reference, References } from "./reference.ts";

/** A resource that is about to be. */
export type Candidate = Pick<CloudRecord, "type" | "id" | "inputs" | "account">;

/**
 * The keys of what a resource holds: what nobody can delete before it. Throws where something that it
 * stands on does not exist. What belongs to others (another project, another account) is taken as there.
 */
export function needsOf(candidate: Candidate, others: readonly CloudRecord[]): string[] {
  const held = referencesOf(candidate.type).flatMap((reference) =>
    textsAt(candidate.inputs, reference.path).flatMap((text) => {
      const found = target(candidate, reference, text, others);
      return found !== undefined && reference.holds ? [recordKey(found)] : [];
    }),
  );
  const container = containerOf(candidate, others);
  return [...new Set([...held, ...container])];
}

/** By type, what its inputs stand on. */
export const REFERENCES: References = { ...GCP_REFERENCES, ...AWS_REFERENCES, ...AZURE_REFERENCES };

const referencesOf = (type: string): readonly Reference[] => REFERENCES[type] ?? [];

function target(
  { type, account }: Candidate,
  { path, types }: Reference,
  text: string,
  others: readonly CloudRecord[],
): CloudRecord | undefined {
  const cloud = cloudOf(type) ?? "gcp";
  if (isForeign(cloud, text, account, path)) return undefined;
  const found = others.find(
    (record) => types.includes(record.type) && names(record).has(normalised(cloud, text)),
  );
  if (found !== undefined) return found;
  const kinds = types.map((name) => name.slice(name.lastIndexOf(":") + 1)).join(" or ");
  throw new CloudError(cloud, "notFound", `${path}: there is no ${kinds} ${text}.`);
}

/** The texts at a path such as `subnets[].name`. */
export function textsAt(inputs: JsonObject, path: string): string[] {
  let values: Json[] = [inputs];
  for (const step of path.split(".")) {
    const key = step.replace("[]", "");
    values = values.flatMap((value) => {
      const item = isObject(value) ? value[key] : undefined;
      if (item === undefined) return [];
      return step.endsWith("[]") && Array.isArray(item) ? item : [item];
    });
  }
  return values.filter((value) => typeof value === "string" && value !== "") as string[];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const normalised = (cloud: string, text: string) =>
  cloud === "azure-native" ? text.toLowerCase() : text;
