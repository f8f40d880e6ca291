/** Plain properties of a resource. */
export type Properties = Readonly<Record<string, unknown>>;

export function isProperties(value: unknown): value is Properties {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
  );
}

/** The last part of a path or link: `a` of `projects/p/regions/a`. */
export function lastSegment(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
