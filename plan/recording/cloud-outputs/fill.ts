import { Secret } from "../../secret.ts";

/** How values that are marked secret look to whoever asks. */
export interface SecretForm {
  is(value: unknown): boolean;
  /** The value without its mark. */
  bare(value: unknown): unknown;
  marked(value: unknown): unknown;
}

/**
 * Inputs with what the cloud adds: map into map, list into list of the same length, secrets kept secret.
 * What is in both is the cloud's.
 */
export function filled(given: unknown, added: unknown, form: SecretForm): unknown {
  if (added === undefined) return given;
  if (form.is(given)) return form.marked(filled(form.bare(given), added, form));
  if (added instanceof Secret) return form.marked(filled(given, added.value, form));
  if (Array.isArray(added)) {
    const items: unknown[] =
      Array.isArray(given) && given.length === added.length ? (given as unknown[]) : [];
    return added.map((item, index) => filled(items[index], item, form));
  }
  if (typeof added !== "object" || added === null) return added;
  const before: Record<string, unknown> =
    typeof given === "object" && given !== null && !Array.isArray(given)
      ? (given as Record<string, unknown>)
      : {};
  const entries = Object.entries(added).map(([key, item]) => [
    key,
    filled(before[key], item, form),
  ]);
  return { ...before, ...(Object.fromEntries(entries) as Record<string, unknown>) };
}
