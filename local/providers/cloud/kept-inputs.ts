import { createHash } from "node:crypto";
import {
  isMap,
  isSecret,
  revealed,
  secret,
  UNKNOWN,
  type Json,
  type JsonObject,
  type PropertyMap,
  type PropertyValue,
} from "../property-values.ts";

/** The key under which a file keeps the digest of a secret. */
const DIGEST = "$secret";

/** What reads in a state where a secret was changed by somebody else, whose value nobody knows. */
const CHANGED = "[changed]";

function digestOf(value: PropertyValue): string {
  return createHash("sha256")
    .update(JSON.stringify(revealed(value)))
    .digest("hex");
}

/** Inputs as an account keeps them: of a secret its digest, nothing of what is null. */
export function keptInputs(inputs: PropertyMap): JsonObject {
  return kept(inputs) as JsonObject;
}

function kept(value: PropertyValue): Json {
  if (isSecret(value)) return { [DIGEST]: digestOf(value) };
  if (Array.isArray(value)) return value.map(kept);
  if (isMap(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== null);
    return Object.fromEntries(entries.map(([key, item]) => [key, kept(item)]));
  }
  if (value === UNKNOWN) throw new Error("A value is not known yet.");
  return value;
}

/** What an account kept, with the secrets that `known` still has. */
export function restoredInputs(inputs: JsonObject, known: PropertyMap): PropertyMap {
  return restored(inputs, known) as PropertyMap;
}

function restored(value: Json, known: PropertyValue | undefined): PropertyValue {
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      restored(item, Array.isArray(known) ? known[index] : undefined),
    );
  }
  if (typeof value !== "object" || value === null) return value;
  const digest = value[DIGEST];
  if (digest !== undefined) {
    const same = known !== undefined && digestOf(known) === digest;
    return secret(same ? revealed(known) : CHANGED);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      restored(item, isMap(known) ? known[key] : undefined),
    ]),
  );
}
