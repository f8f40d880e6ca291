import type { GivenValues } from "./check-values.ts";
import { checkValues } from "./check-values.ts";
import { isPlaceholder, readChart } from "./chart-source.ts";
import { ledgerEntry, type Ledger } from "./ledger.ts";

/** What came of comparing every value with the charts at hand. */
export interface CheckedCharts {
  readonly problems: readonly string[];
  /** What holds for these values; meaningful only where there are no problems. */
  readonly ledger: Ledger;
}

/** Compares values with the charts in a folder, chart by chart. */
export function checkCharts(given: readonly GivenValues[], folder: string): CheckedCharts {
  const byChart = [...Map.groupBy(given, ({ chart }) => chart)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const checked = byChart.map(([chart, users]) => checkChart(chart, users, folder));
  return {
    problems: checked.flatMap(({ problems }) => problems),
    ledger: checked.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
  };
}

function checkChart(chart: string, users: readonly GivenValues[], folder: string) {
  const source = readChart(folder, chart);
  const [first] = users;
  if (source === undefined || first === undefined) {
    return {
      problems: [
        `${chart}: got no folder of that name in ${folder}, expected values.yaml and Chart.yaml of the ` +
          "chart. Unpack the chart there.",
      ],
      entry: undefined,
    };
  }
  const wrong = users.filter(
    ({ version }) => !isPlaceholder(source.version) && !sameVersion(version, source.version),
  );
  const versions = wrong.map(
    ({ place, version }) =>
      `${place}: got the values file of ${chart} ${source.version}, expected that of ${version}. ` +
      "Unpack the pinned version.",
  );
  const results = users.map((user) => checkValues(user, source));
  const problems = [...new Set([...versions, ...results.flatMap((result) => result.problems)])];
  return { problems, entry: ledgerEntry(first, source, results) };
}

/** Some charts write their version with a v before it and some without. */
function sameVersion(one: string, other: string): boolean {
  return one.replace(/^v/, "") === other.replace(/^v/, "");
}
