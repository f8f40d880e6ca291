import semver from "semver";
import { parse } from "yaml";
import { asObject, asObjects, objectAt, textAt } from "../model/json.ts";

/** Versions of the charts of a repository, by chart, from the text of its index.yaml. */
export type ChartVersions = ReadonlyMap<string, readonly string[]>;

/** Reads an index. Undefined when the text is none. */
export function readIndex(text: string): ChartVersions | undefined {
  let index: unknown;
  try {
    index = parse(text);
  } catch {
    return undefined;
  }
  const charts = Object.entries(objectAt(asObject(index), "entries"));
  if (charts.length === 0) return undefined;
  return new Map(
    charts.map(([chart, entries]) => [
      chart,
      asObjects(entries).flatMap((entry) => textAt(entry, "version") ?? []),
    ]),
  );
}

/** The newest version that is a release; undefined when none is. What is no version is passed over. */
export function newestRelease(versions: readonly string[]): string | undefined {
  return versions
    .filter((version) => semver.valid(version) !== null && semver.prerelease(version) === null)
    .toSorted(semver.rcompare)[0];
}

/** Whether a version is older than another; some charts write a v before it. */
export function isOlder(version: string, than: string): boolean {
  return semver.lt(version, than);
}
