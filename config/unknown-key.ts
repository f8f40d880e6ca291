import { closestMatch } from "leven";
import type { Problem } from "../components/core/problem.ts";

/** The one of `known` that was most likely meant, or undefined when none is near enough. */
export function suggestedOf<T extends string>(written: string, known: readonly T[]): T | undefined {
  const maxDistance = Math.max(2, Math.floor(written.length / 3));
  return closestMatch(written, known, { maxDistance }) as T | undefined;
}

/** `Did you mean "x"?` for the nearest of `known`, or undefined when none is near enough to be meant. */
export function suggestion(written: string, known: readonly string[]): string | undefined {
  const nearest = suggestedOf(written, known);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}

/** The problem of a key that nothing reads. Its value is not shown: it may be a misplaced secret. */
export function unknownKey(path: string, key: string, known: readonly string[]): Problem {
  const got = "an unknown key";
  const remedy = suggestion(key, known);
  if (remedy !== undefined) return { path, got, expected: "a known one", remedy };
  const expected = known.length === 1 ? `only ${known[0]}` : `one of ${known.join(", ")}`;
  return { path, got, expected, remedy: "Remove it, or use one of these." };
}
