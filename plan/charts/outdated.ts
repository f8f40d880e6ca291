import type { ChartPin } from "../../components/platform/index.ts";
import { isOlder, newestRelease, readIndex, type ChartVersions } from "./newest-version.ts";

type Pin = Pick<ChartPin, "chart" | "repository" | "version">;

/** What a repository says of a pinned chart. */
export type ChartAnswer = Pin &
  (
    | { readonly newest: string; readonly outdated: boolean }
    /** Why nobody knows. */
    | { readonly unknown: string }
  );

/** How long a repository has to send its whole index, which may be some megabytes. */
export const ANSWER_MILLISECONDS = 30_000;

/** Compares every pin with its repository. Each repository is asked once, all of them at a time. */
export async function outdatedCharts(
  pins: readonly Pin[],
  milliseconds = ANSWER_MILLISECONDS,
): Promise<ChartAnswer[]> {
  const repositories = [...new Set(pins.map(({ repository }) => repository))];
  const answers = new Map(
    await Promise.all(
      repositories.map(
        async (repository) => [repository, await askRepository(repository, milliseconds)] as const,
      ),
    ),
  );
  return pins.map(({ chart, repository, version }) => {
    const pin = { chart, repository, version };
    const versions = answers.get(repository) ?? "nobody asked it";
    if (typeof versions === "string") return { ...pin, unknown: versions };
    const newest = newestRelease(versions.get(chart) ?? []);
    if (newest === undefined) return { ...pin, unknown: "its index has no release of the chart" };
    return { ...pin, newest, outdated: isOlder(version, newest) };
  });
}

/** The versions, or why there are none. */
async function askRepository(
  repository: string,
  milliseconds: number,
): Promise<ChartVersions | string> {
  if (repository.startsWith("oci://")) {
    return "not asked, because an OCI registry has no index; see its page of tags";
  }
  try {
    const response = await fetch(`${repository.replace(/\/$/, "")}/index.yaml`, {
      signal: AbortSignal.timeout(milliseconds),
    });
    if (!response.ok) return `it answered ${response.status} when asked for index.yaml`;
    return readIndex(await response.text()) ?? "what it sent is no index of charts";
  } catch (error) {
    return unreachable(error, milliseconds);
  }
}

function unreachable(error: unknown, milliseconds: number): string {
  if ((error as Error).name === "TimeoutError") {
    return `no whole answer within ${milliseconds / 1000} s`;
  }
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return `could not be asked (${code ?? (error as Error).message})`;
}

/** A line for each chart, what is outdated first. */
export function outdatedText(answers: readonly ChartAnswer[]): string {
  const rows = [
    ...answers.flatMap((answer) =>
      "newest" in answer && answer.outdated
        ? [[answer, `newest is ${answer.newest}`] as const]
        : [],
    ),
    ...answers.flatMap((answer) =>
      "newest" in answer && !answer.outdated ? [[answer, "is the newest"] as const] : [],
    ),
    ...answers.flatMap((answer) =>
      "unknown" in answer ? [[answer, `${answer.unknown}: ${answer.repository}`] as const] : [],
    ),
  ];
  const width = (of: (answer: ChartAnswer) => string) =>
    Math.max(0, ...answers.map((answer) => of(answer).length));
  const [charts, versions] = [width(({ chart }) => chart), width(({ version }) => version)];
  const count = (isOne: (answer: ChartAnswer) => boolean) => answers.filter(isOne).length;
  const outdated = count((answer) => "newest" in answer && answer.outdated);
  const unknown = count((answer) => "unknown" in answer);
  return [
    ...rows.map(
      ([{ chart, version }, says]) =>
        `${chart.padEnd(charts)}  ${version.padEnd(versions)}  ${says}`,
    ),
    `${answers.length} charts: ${outdated} outdated, ${unknown} not known.`,
  ].join("\n");
}
