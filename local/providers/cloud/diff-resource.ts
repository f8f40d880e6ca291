import {
  autonameOf,
  type Cloud,
  type CloudAccount,
} from "../../../plan/recording/cloud-outputs/index.ts";
import { differences, formatPath, valueAt, type PropertyPath } from "../property-diff.ts";
import { isMap, revealed, type PropertyMap, type PropertyValue } from "../property-values.ts";
import type { DiffRequest, DiffResult, PropertyDiff, UpdateRequest } from "../provider.ts";
import { isAutomatic } from "./automatic-name.ts";
import { called, CloudError } from "./cloud-error.ts";
import type { CloudRecord } from "./cloud-record.ts";
import { refuses, replaces } from "./replacements/index.ts";

/** What changes, and whether it can change in place. */
export function diffResource(
  request: DiffRequest,
  record: CloudRecord | undefined,
  account: CloudAccount,
): DiffResult {
  const { type, oldInputs, newInputs } = request;
  const changed = new Map<string, PropertyDiff>(
    differences(oldInputs, newInputs).map(({ path, kind }) => {
      const added = valueAt(newInputs, path);
      const leaves = leavesOf(path, added ?? valueAt(oldInputs, path));
      const replace = leaves.some((leaf) =>
        replaces(type, {
          path: leaf,
          before: valueAt(oldInputs, leaf) ?? undefined,
          after: valueAt(newInputs, leaf) ?? undefined,
        }),
      );
      return [formatPath(path), { kind, replace }];
    }),
  );
  for (const place of movedPlaces(record, account, newInputs)) {
    changed.set(place, { kind: "update", replace: true });
  }
  const replaced = [...changed.values()].some(({ replace }) => replace);
  return { changed, deleteBeforeReplace: replaced && keepsItsName(request) };
}

/** A path and all below it: what comes or goes as a whole may hold a field that is fixed. */
function leavesOf(path: PropertyPath, value: PropertyValue | undefined): PropertyPath[] {
  const plain = revealed(value ?? null);
  const below = Array.isArray(plain)
    ? plain.flatMap((item, index) => leavesOf([...path, index], item))
    : isMap(plain)
      ? Object.entries(plain).flatMap(([key, item]) => leavesOf([...path, key], item))
      : [];
  return [path, ...below];
}

/** A second resource of the same name cannot be made while the first is there. */
function keepsItsName({ type, name, oldInputs, newInputs }: DiffRequest): boolean {
  const rule = autonameOf(type);
  if (rule === undefined) return false;
  const chosen = newInputs[rule.input];
  if (typeof chosen !== "string" || chosen !== oldInputs[rule.input]) return false;
  // Nobody can tell a UUID that was given from one that was made up. To delete first serves both.
  return rule.kind === "uuid" || !isAutomatic(type, name, chosen);
}

/** Settings of the provider by which a resource would be somewhere else now. */
function movedPlaces(
  record: CloudRecord | undefined,
  account: CloudAccount,
  inputs: PropertyMap,
): string[] {
  if (record === undefined) return [];
  const places: readonly (keyof CloudAccount)[] = record.type.startsWith("gcp:")
    ? ["project"]
    : record.type.startsWith("aws:")
      ? ["accountId", "region"]
      : ["subscriptionId"];
  return places.filter((place) => !(place in inputs) && record.account[place] !== account[place]);
}

/** What a provider's own settings change in: nothing has to be made anew for it. */
export function diffConfig({ oldInputs, newInputs }: DiffRequest): DiffResult {
  const changed = differences(oldInputs, newInputs).map(
    ({ path, kind }) => [formatPath(path), { kind, replace: false }] as const,
  );
  return { changed: new Map(changed), deleteBeforeReplace: false };
}

/** Refuses an update of what the provider sends and the cloud does not change. */
export function refuseFixed(cloud: Cloud, { type, id, oldInputs, newInputs }: UpdateRequest): void {
  const fixed = differences(oldInputs, newInputs).find(({ path }) => refuses(type, path));
  if (fixed === undefined) return;
  const field = formatPath(fixed.path);
  throw new CloudError(
    cloud,
    "invalid",
    `${called({ type, id })}: ${field} cannot change. Give it another name, so that a new one is made.`,
  );
}
