const LONGEST_NAME = 63;

function cut(name: string, length: number): string {
  return name.slice(0, length).replace(/-+$/, "");
}

/** The name that most charts give their objects: the release's, with the chart's unless it is in it. */
export function fullName(
  release: string,
  chart: string,
  override: string | undefined,
  length = LONGEST_NAME,
): string {
  if (override !== undefined && override !== "") return cut(override, length);
  return cut(release.includes(chart) ? release : `${release}-${chart}`, length);
}
