import { closestMatch } from "leven";
import type { Json } from "../model/json.ts";
import { isMap, type ChartSource } from "./chart-source.ts";

/** Keys from the root of a chart's values on. */
export type KeyPath = readonly string[];

/** What stands at the end of a path below which a chart takes any key. */
const ANY = "*";

/** `["a", "b.c"]` → `a["b.c"]`: dots between keys, quotes around keys that are no plain words. */
export function pathText(keys: KeyPath): string {
  return keys
    .map((key, index) => {
      if (key === ANY || /^[A-Za-z0-9_-]+$/.test(key)) return index === 0 ? key : `.${key}`;
      return `[${JSON.stringify(key)}]`;
    })
    .join("");
}

/** Paths of all leaves: what is no map, and empty maps. */
export function leafPaths(values: Json, at: KeyPath = []): KeyPath[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...at, key];
    return isMap(value) && Object.keys(value).length > 0 ? leafPaths(value, here) : [here];
  });
}

/** What a chart says of a path that somebody sets. */
export type PathFinding =
  /** It takes it; `covers` is the path, or what any key may follow, as `a.b.*`. */
  | { readonly known: true; readonly covers: string; readonly by: "values" | "comment" }
  /** It does not; `nearest` is the path that was most likely meant. */
  | { readonly known: false; readonly unknown: string; readonly nearest: string | undefined };

/** Looks a path up in a chart's own values. */
export function findPath(source: ChartSource, keys: KeyPath): PathFinding {
  let here: unknown = source.values;
  for (const [index, key] of keys.entries()) {
    const above = keys.slice(0, index);
    // An empty map or an empty value is for its user to fill, unless the root itself is empty.
    if (index > 0 && isOpen(here)) {
      return { known: true, covers: pathText([...above, ANY]), by: "values" };
    }
    if (!isMap(here)) return unknown(keys, index, []);
    if (!Object.hasOwn(here, key)) {
      if (isSize(above, key)) return { known: true, covers: pathText(keys), by: "values" };
      if (isSecurityField(above, key)) {
        return { known: true, covers: pathText([...above, key, ANY]), by: "values" };
      }
      if (isCommented(source, above, key)) {
        return { known: true, covers: pathText([...above, key, ANY]), by: "comment" };
      }
      return unknown(keys, index, Object.keys(here));
    }
    here = here[key];
  }
  return { known: true, covers: pathText(keys), by: "values" };
}

function isOpen(value: unknown): boolean {
  return value === null || (isMap(value) && Object.keys(value).length === 0);
}

/** Fields that Kubernetes has in the security contexts of pods and of containers. */
const SECURITY_FIELDS: ReadonlySet<string> = new Set([
  "allowPrivilegeEscalation",
  "capabilities",
  "fsGroup",
  "readOnlyRootFilesystem",
  "runAsGroup",
  "runAsNonRoot",
  "runAsUser",
  "seccompProfile",
]);

/** Whether the key is one of Kubernetes below a security context, which charts hand on whole. */
function isSecurityField(above: KeyPath, key: string): boolean {
  return /securityContext$/i.test(above.at(-1) ?? "") && SECURITY_FIELDS.has(key);
}

/** Whether the key is a size of a container, of which charts name some and hand on all. */
function isSize(above: KeyPath, key: string): boolean {
  const [parent, bound] = above.slice(-2);
  return (
    parent === "resources" &&
    (bound === "requests" || bound === "limits") &&
    (key === "cpu" || key === "memory")
  );
}

function unknown(keys: KeyPath, index: number, known: readonly string[]): PathFinding {
  const written = keys[index] ?? "";
  const maxDistance = Math.max(2, Math.floor(written.length / 3));
  const nearest = closestMatch(written, known, { maxDistance });
  const above = keys.slice(0, index);
  return {
    known: false,
    unknown: pathText([...above, written]),
    nearest: nearest === undefined ? undefined : pathText([...above, nearest]),
  };
}

/** Whether a comment of the chart, or of the one that it bundles under the first key, names a key. */
function isCommented(source: ChartSource, above: KeyPath, key: string): boolean {
  const [first = "", ...rest] = above;
  const inner = source.bundled[first];
  if (inner !== undefined && isCommented(inner, rest, key)) return true;
  return hasCommentedKey(source.text, above.at(-1), key);
}

/**
 * Whether a comment names the key, as `# key:`, among the lines that belong to its parent: charts show
 * optional keys so. The ledger says which keys rest on nothing more.
 */
function hasCommentedKey(text: string, parent: string | undefined, key: string): boolean {
  const lines = text.split("\n");
  if (parent === undefined) {
    return lines.some((line) => line.startsWith("#") && namesKey(line, key));
  }
  return lines.some(
    (line, index) =>
      namesKey(line, parent) &&
      below(lines, index).some((inner) => isComment(inner) && namesKey(inner, key)),
  );
}

/** The lines that a key's line has below it: up to the next key that is not deeper. */
function below(lines: readonly string[], index: number): readonly string[] {
  const depth = indentation(lines[index] ?? "");
  const rest = lines.slice(index + 1);
  const end = rest.findIndex(
    (line) => line.trim() !== "" && !isComment(line) && indentation(line) <= depth,
  );
  return end < 0 ? rest : rest.slice(0, end);
}

const indentation = (line: string) => line.length - line.trimStart().length;

const isComment = (line: string) => line.trimStart().startsWith("#");

function namesKey(line: string, key: string): boolean {
  const match = /^\s*(?:#+\s*)?(?:--\s*)?"?([A-Za-z0-9_./-]+)"?\s*:/.exec(line);
  return match?.[1] === key;
}

/**
 * Whether a path that is set is covered by one that was found: the same, or at or below what a `*` stands
 * behind. A key that only a comment names has a `*`, as nobody knows what it holds.
 */
export function isCovered(keys: KeyPath, covers: ReadonlySet<string>): boolean {
  if (covers.has(pathText(keys))) return true;
  return [...keys, ANY].some((_, index) => covers.has(pathText([...keys.slice(0, index), ANY])));
}
