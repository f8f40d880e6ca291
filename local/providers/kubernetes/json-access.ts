import type { Json, JsonObject } from "../property-values.ts";

/** The value at a path of keys, or undefined where something on the way is absent. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let current = value;
  for (const key of path) {
    if (!isObject(current)) return undefined;
    current = current[key];
  }
  return current;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** Kubernetes leaves zeros out, so an absent number is `fallback`. */
export function numberAt(
  value: Json | undefined,
  path: readonly string[],
  fallback: number,
): number {
  const found = at(value, ...path);
  return typeof found === "number" ? found : fallback;
}

/** The objects of a list; empty when there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): JsonObject[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** A value as part of a message. */
export function shown(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
