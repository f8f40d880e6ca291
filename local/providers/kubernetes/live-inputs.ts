import {
  isMap,
  markSecretsLike,
  revealed,
  without,
  type JsonObject,
  type PropertyMap,
  type PropertyValue,
} from "../property-values.ts";
import type { PropertyPath } from "../property-diff.ts";
import { objectAt, textAt } from "./json-access.ts";
import { inputSpelling, markSecretData, type Manifest } from "./manifest.ts";
import { sameValue } from "./same-quantity.ts";

/**
 * The inputs that would describe the live object: the fields that the old inputs set, with the values
 * they have now. A field that somebody changed or removed shows as drift; one that somebody added is
 * theirs, and is seen in the outputs only.
 */
export function liveInputs(live: Manifest, oldInputs: PropertyMap): PropertyMap {
  const old = revealed(oldInputs) as PropertyMap;
  const now = inputSpelling(withStringData(live, old)) as PropertyMap;
  const projected = project([], now, old) as PropertyMap;
  return markSecretData(markSecretsLike(projected, oldInputs) as PropertyMap);
}

/** Inputs of an object that is imported: all of it that the API server did not add. */
export function importedInputs(live: Manifest): PropertyMap {
  const { metadata } = live;
  const kept = Object.entries(metadata).filter(([key]) =>
    ["name", "namespace", "labels", "annotations"].includes(key),
  );
  const inputs = { ...without(live, "status"), metadata: Object.fromEntries(kept) };
  return markSecretData(inputSpelling(inputs) as PropertyMap);
}

/** The API server turns `stringData` into `data`; here it is turned back for the keys it had. */
function withStringData(live: Manifest, old: PropertyMap): JsonObject {
  const stringData = old["stringData"];
  if (live.kind !== "Secret" || !isMap(stringData)) return live;
  const entries = Object.keys(stringData).flatMap((key) => {
    const encoded = textAt(objectAt(live, "data"), key);
    return encoded === undefined ? [] : [[key, Buffer.from(encoded, "base64").toString("utf8")]];
  });
  return { ...live, stringData: Object.fromEntries(entries) as JsonObject };
}

function project(path: PropertyPath, now: PropertyValue, old: PropertyValue): PropertyValue {
  if (isMap(old) && isMap(now)) {
    return Object.fromEntries(
      Object.entries(old).flatMap(([key, was]) => {
        const value = now[key];
        if (value !== undefined) return [[key, project([...path, key], value, was)]];
        // The API server leaves out what is empty, so its absence is no change.
        return isEmpty(was) ? [[key, was]] : [];
      }),
    );
  }
  if (Array.isArray(old) && Array.isArray(now)) return projectList(path, now, old);
  return sameValue(path, old, now) ? old : now;
}

/** Items are matched by name where they have one, so that one put in between shifts no other. */
function projectList(
  path: PropertyPath,
  now: readonly PropertyValue[],
  old: readonly PropertyValue[],
): PropertyValue[] {
  const oldByName = byName(old);
  const named = oldByName !== undefined && byName(now) !== undefined;
  return now.map((item, index) => {
    const counterpart = named ? oldByName.get(nameOfItem(item) ?? "") : old[index];
    return counterpart === undefined ? item : project([...path, index], item, counterpart);
  });
}

function byName(list: readonly PropertyValue[]): Map<string, PropertyValue> | undefined {
  const names = list.map(nameOfItem);
  if (names.includes(undefined) || new Set(names).size !== names.length) return undefined;
  return new Map(list.map((item) => [nameOfItem(item) ?? "", item]));
}

function nameOfItem(item: PropertyValue): string | undefined {
  const name = isMap(item) ? item["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

function isEmpty(value: PropertyValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isMap(value)) return Object.values(value).every(isEmpty);
  return value === null || value === "" || value === 0 || value === false;
}
