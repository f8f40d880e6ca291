import {
  isMap,
  revealed,
  UNKNOWN,
  type PropertyMap,
  type PropertyValue,
} from "./property-values.ts";
import type { DiffKind } from "./provider.ts";

export type PathSegment = string | number;
export type PropertyPath = readonly PathSegment[];

export interface Difference {
  readonly path: PropertyPath;
  readonly kind: DiffKind;
}

/** Whether two plain values at a path mean the same. */
export type Equality = (path: PropertyPath, a: PropertyValue, b: PropertyValue) => boolean;

const identical: Equality = (_path, a, b) => a === b;

/**
 * The leaves in which two maps differ. Secret marks count for nothing, an unknown value differs from
 * any known one, and null is the same as absent.
 */
export function differences(
  oldMap: PropertyMap,
  newMap: PropertyMap,
  equal: Equality = identical,
): Difference[] {
  const found: Difference[] = [];
  compare([], revealed(oldMap), revealed(newMap), equal, found);
  return found;
}

function compare(
  path: PropertyPath,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
  equal: Equality,
  found: Difference[],
): void {
  const a: PropertyValue | undefined = before ?? undefined;
  const b: PropertyValue | undefined = after ?? undefined;
  if (a === undefined && b === undefined) return;
  if (a === undefined) found.push({ path, kind: "add" });
  else if (b === undefined) found.push({ path, kind: "delete" });
  else if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = 0; index < Math.max(a.length, b.length); index++) {
      compare([...path, index], a[index], b[index], equal, found);
    }
  } else if (isMap(a) && isMap(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      compare([...path, key], a[key], b[key], equal, found);
    }
  } else if (a === UNKNOWN || b === UNKNOWN || !equal(path, a, b)) {
    found.push({ path, kind: "update" });
  }
}

/** The engine's spelling of a path: `spec.ports[0].name`, `metadata.labels["app.kubernetes.io/name"]`. */
export function formatPath(path: PropertyPath): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === "number") return `${text}[${segment}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(segment)) return `${text}[${JSON.stringify(segment)}]`;
    return text === "" ? segment : `${text}.${segment}`;
  }, "");
}

/** The value at a path, through secrets and lists; undefined where there is none. */
export function valueAt(value: PropertyValue, path: PropertyPath): PropertyValue | undefined {
  let current: PropertyValue | undefined = revealed(value);
  for (const segment of path) {
    if (Array.isArray(current)) current = current[Number(segment)];
    else if (isMap(current)) current = current[segment];
    else return undefined;
  }
  return current;
}
