import type { CheckedValues, GivenValues } from "./check-values.ts";
import type { ChartSource } from "./chart-source.ts";
import { isCovered, leafPaths, pathText } from "./value-paths.ts";

/** What was verified of one chart at one version. */
export interface LedgerEntry {
  readonly chart: string;
  readonly version: string;
  /** SHA-256 of the values.yaml that the paths were found in. */
  readonly digest: string;
  /** Whether the chart's schema accepted the values; `none` where it has no schema. */
  readonly schema: "accepted" | "none";
  /** Paths that the chart knows; `*` stands for any key. */
  readonly paths: readonly string[];
  /** Paths that only a comment in values.yaml names. */
  readonly commented: readonly string[];
}

/** Everything verified, by chart. */
export type Ledger = readonly LedgerEntry[];

/** The entry that a chart's checked values make. */
export function ledgerEntry(
  { chart, version }: GivenValues,
  source: ChartSource,
  checked: readonly CheckedValues[],
): LedgerEntry {
  const all = (pick: (values: CheckedValues) => readonly string[]) =>
    [...new Set(checked.flatMap(pick))].toSorted();
  return {
    chart,
    version,
    digest: source.digest,
    schema: source.schema === undefined ? "none" : "accepted",
    paths: all(({ covers }) => covers),
    commented: all(({ commented }) => commented),
  };
}

const REMEDY = "Run: make charts-check CHARTS=dir, with the values files of the charts in dir";

/** What the ledger does not vouch for, without the charts at hand. */
export function checkLedger(given: readonly GivenValues[], ledger: Ledger): string[] {
  return given.flatMap(({ place, chart, version, values }) => {
    const entry = ledger.find((item) => item.chart === chart);
    if (entry === undefined) {
      return [`${place}: got the chart ${chart}, expected one in the ledger. ${REMEDY}`];
    }
    if (entry.version !== version) {
      return [
        `${place}: got ${chart} ${version}, expected the version in the ledger (${entry.version}). ` +
          REMEDY,
      ];
    }
    const covers = new Set([...entry.paths, ...entry.commented]);
    return leafPaths(values)
      .filter((keys) => !isCovered(keys, covers))
      .map(
        (keys) =>
          `${place}: ${pathText(keys)}: got a key of ${chart} that was not verified, expected one in ` +
          `the ledger. ${REMEDY}`,
      );
  });
}

/** Entries and paths of the ledger that nothing sets any more. */
export function staleInLedger(given: readonly GivenValues[], ledger: Ledger): string[] {
  return ledger.flatMap((entry) => {
    const users = given.filter(({ chart }) => chart === entry.chart);
    if (users.length === 0) return [`${entry.chart}: nothing uses the chart. ${REMEDY}`];
    const set = users.flatMap(({ values }) => leafPaths(values));
    return [...entry.paths, ...entry.commented]
      .filter((path) => !set.some((keys) => isCovered(keys, new Set([path]))))
      .map((path) => `${entry.chart}: ${path}: nothing sets it any more. ${REMEDY}`);
  });
}
