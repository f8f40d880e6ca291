import type { Json, JsonObject } from "../property-values.ts";
import { isObject, listAt, objectAt, shown } from "./json-access.ts";
import type { Manifest } from "./manifest.ts";

/** The name under which objects are created; the one that the real plugin creates with. */
export const CREATE_MANAGER = "pulumi-kubernetes";

/** Whose fields an update takes over: our own creation and people's `kubectl apply`. */
export const ADOPTED_MANAGERS: ReadonlySet<string> = new Set([
  CREATE_MANAGER,
  "kubectl",
  "before-first-apply",
]);

function isAdopted(entry: JsonObject, managers: ReadonlySet<string>): boolean {
  return (
    managers.has(shown(entry["manager"])) &&
    (entry["operation"] === "Update" || entry["manager"] === "kubectl") &&
    (entry["subresource"] ?? "") === ""
  );
}

/** Whether a conflict is with a manager whose fields the next update takes over anyway. */
export function isConflictWithAdopted(message: string): boolean {
  const manager = /conflict with "([^"]+)"/.exec(message)?.[1];
  return manager !== undefined && ADOPTED_MANAGERS.has(manager);
}

/**
 * The object's managed fields with what was created by POST handed to the applying `manager`, or
 * undefined when nothing is to be handed over. Without it, an apply that leaves a field out would not
 * remove the field: to the API server another manager would still want it.
 */
export function adoptedFields(
  live: Manifest,
  manager: string,
  managers: ReadonlySet<string> = ADOPTED_MANAGERS,
): JsonObject[] | undefined {
  const entries = listAt(live, "metadata", "managedFields");
  const adopted = entries.filter((entry) => isAdopted(entry, managers));
  const [first] = adopted;
  if (first === undefined) return undefined;
  const isOwn = (entry: JsonObject) =>
    entry["manager"] === manager && entry["operation"] === "Apply";
  const own = entries.find(isOwn) ?? first;
  const fields = [own, ...adopted]
    .map((entry) => objectAt(entry, "fieldsV1"))
    .reduce((all, some) => union(all, some));
  const others = entries.filter((entry) => !isAdopted(entry, managers) && !isOwn(entry));
  return [{ ...own, manager, operation: "Apply", fieldsV1: fields }, ...others];
}

/** Union of two sets of fields, each a tree of keys. */
function union(a: JsonObject, b: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const present = merged[key];
    merged[key] = isObject(present) && isObject(value) ? union(present, value) : value;
  }
  return merged;
}
