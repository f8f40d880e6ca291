import { ok, problem, type Verdict } from "./finding.ts";

/** The first number of two or three parts in what a program prints about itself, without the `v`. */
export function versionOf(output: string): string | undefined {
  return /(?<![\w.])v?(\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1];
}

/** Whether a version is the wanted one or a later one; parts that are missing count as 0. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [have, need] = [version, wanted].map((text) => text.split(".").map(Number));
  for (const [index, part] of (need ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Whether a program is new enough, by what it prints about itself. */
export function judgeVersion(output: string, oldest: string | undefined, fix: string): Verdict {
  const version = versionOf(output);
  if (oldest === undefined) return ok(version ?? "found; it does not say which version");
  if (version === undefined) {
    return problem(`it does not say which version it is, and ${oldest} or newer is needed`, fix);
  }
  if (isAtLeast(version, oldest)) return ok(version);
  return problem(`${version} is too old: ${oldest} or newer is needed`, fix);
}
