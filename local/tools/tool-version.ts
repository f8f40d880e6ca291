/** How close a ready-made program has to be to the version that this repository was tested with. */
export type VersionRule =
  /** Any patch release of the same minor version. */
  | "same-minor"
  /** That version or a later one of the same major version. */
  | "same-major";

type Version = readonly [major: number, minor: number, patch: number];

function parse(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text);
  if (match === null) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** The first version number in what a program prints about itself, without the `v`. */
export function versionIn(output: string): string | undefined {
  return /\bv?(\d+\.\d+\.\d+)(?![\w.])/.exec(output)?.[1];
}

/** Whether a program of version `found` may take the place of `wanted`. */
export function fits(found: string, wanted: string, rule: VersionRule): boolean {
  const have = parse(found);
  const need = parse(wanted);
  if (have === undefined || need === undefined || have[0] !== need[0]) return false;
  if (rule === "same-minor") return have[1] === need[1];
  return have[1] > need[1] || (have[1] === need[1] && have[2] >= need[2]);
}

/** The rule in words, for people who look for a ready-made program. */
export function describeRule(wanted: string, rule: VersionRule): string {
  const [major = "", minor = ""] = wanted.split(".");
  return rule === "same-minor" ? `${major}.${minor}.x` : `${wanted} or a later ${major}.x`;
}
