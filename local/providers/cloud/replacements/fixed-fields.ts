import type { PropertyPath } from "../../property-diff.ts";

/**
 * Fields that cannot change once a resource exists, as paths without list positions: `nodeConfig` with
 * all below it, `!nodeConfig.labels` excepted again. `*` is every field.
 */
export type FixedFields = readonly string[];

/** Whether a change at a path meets a fixed field. The longest path that says something about it counts. */
export function isFixed(fields: FixedFields, path: PropertyPath): boolean {
  const names = path.filter((segment) => typeof segment === "string");
  for (let length = names.length; length > 0; length--) {
    const prefix = names.slice(0, length).join(".");
    if (fields.includes(`!${prefix}`)) return false;
    if (fields.includes(prefix)) return true;
  }
  return fields.includes("*");
}
