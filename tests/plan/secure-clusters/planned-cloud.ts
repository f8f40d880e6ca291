import { at } from "../../../plan/model/json.ts";
import type { PlanEntry } from "../../support/comparable-state.ts";

/** The resources of a plan, as the properties of a secure cluster ask for them. */
export interface PlannedCloud {
  /** Inputs of all resources of a type, such as `aws:eks/cluster:Cluster`. */
  readonly inputsOf: (type: string) => readonly Readonly<Record<string, unknown>>[];
  readonly entriesOf: (type: string) => readonly PlanEntry[];
  /** Whether every resource of a type depends, directly or not, on one of another type. */
  readonly comesAfter: (type: string, before: string) => boolean;
}

/** Reads a plan's resources. */
export function plannedCloud(entries: readonly PlanEntry[]): PlannedCloud {
  const byUrn = new Map(entries.map((entry) => [entry.urn, entry]));
  const entriesOf = (type: string) => entries.filter((entry) => entry.type === type);
  const reaches = (urn: string, type: string, seen: Set<string>): boolean => {
    if (seen.has(urn)) return false;
    seen.add(urn);
    return (byUrn.get(urn)?.dependencies ?? []).some(
      (next) => byUrn.get(next)?.type === type || reaches(next, type, seen),
    );
  };
  return {
    entriesOf,
    inputsOf: (type) => entriesOf(type).map(({ inputs }) => inputs),
    comesAfter: (type, before) => {
      const all = entriesOf(type);
      return all.length > 0 && all.every(({ urn }) => reaches(urn, before, new Set()));
    },
  };
}

/** Whether there is one at least, and all have the value at the path. */
export function allHave(
  inputs: readonly Readonly<Record<string, unknown>>[],
  path: string,
  is: (value: unknown) => boolean,
): boolean {
  return inputs.length > 0 && inputs.every((one) => is(at(one, ...path.split("."))));
}

export const isTrue = (value: unknown): boolean => value === true || value === "true";
export const isFalse = (value: unknown): boolean => value === false || value === "false";
export const isText = (value: unknown): boolean => typeof value === "string" && value.length > 0;
export const equals =
  (expected: unknown) =>
  (value: unknown): boolean =>
    JSON.stringify(value) === JSON.stringify(expected);
export const includes =
  (...expected: readonly unknown[]) =>
  (value: unknown): boolean =>
    Array.isArray(value) && expected.every((one) => value.includes(one));
