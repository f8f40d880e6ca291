/** An object of JSON whose members nobody has checked yet. */
export type Json = Readonly<Record<string, unknown>>;

/** The object, or an empty one where the value is none. */
export function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** The objects of a list; an empty list where the value is none. */
export function asObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

/** The value below the keys, or undefined as soon as one is absent. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => asObject(inner)[key], value);
}

/** The object below the keys; empty where there is none. */
export function objectAt(value: unknown, ...keys: readonly string[]): Json {
  return asObject(at(value, ...keys));
}

/** The list of objects below the keys; empty where there is none. */
export function objectsAt(value: unknown, ...keys: readonly string[]): Json[] {
  return asObjects(at(value, ...keys));
}

/** The text below the keys, or undefined. */
export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys);
  return typeof found === "string" ? found : undefined;
}

/** The list of texts below the keys; empty where there is none. */
export function textsAt(value: unknown, ...keys: readonly string[]): string[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found.filter((item) => typeof item === "string") : [];
}

/** The number below the keys, or undefined. */
export function numberAt(value: unknown, ...keys: readonly string[]): number | undefined {
  const found = at(value, ...keys);
  return typeof found === "number" ? found : undefined;
}

/** The same value with the keys of every object in alphabetical order, and without undefined ones. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
