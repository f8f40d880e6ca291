import fs from "node:fs";
import path from "node:path";

/** What a fake program does when its arguments begin with some words. */
export interface FakeAnswer {
  /** The words; empty for whatever no other answer is for. */
  readonly to: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** Seconds to wait before, in a child of its own as a wrapper script does. */
  readonly sleep?: number;
}

/** Programs by name; each fails on what it has no answer to. */
export type FakePrograms = Readonly<Record<string, readonly FakeAnswer[]>>;

/** Quotes for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function branch(
  { to, stdout = "", stderr = "", exitCode = 0, sleep }: FakeAnswer,
  groups: string,
): string {
  return [
    to === "" ? "*)" : `${quoted(to)}*)`,
    ...(sleep === undefined ? [] : [`echo $$ >> ${quoted(groups)}`, `/bin/sleep ${sleep}`]),
    `printf '%s\\n' ${quoted(stdout)}`,
    `printf '%s\\n' ${quoted(stderr)} >&2`,
    `exit ${exitCode} ;;`,
  ].join("\n");
}

/** Writes shell scripts that answer as the real programs do, and note every call in a file `calls`. */
export function writeFakePrograms(folder: string, programs: FakePrograms): void {
  fs.mkdirSync(folder, { recursive: true });
  const calls = path.join(folder, "calls");
  const groups = path.join(folder, "groups");
  for (const [name, answers] of Object.entries(programs)) {
    const script = [
      "#!/bin/sh",
      `printf '%s\\n' "${name} $*" >> ${quoted(calls)}`,
      'case "$*" in',
      ...answers.map((answer) => branch(answer, groups)),
      "*) printf '%s\\n' \"no answer to $*\" >&2; exit 99 ;;",
      "esac",
      "",
    ].join("\n");
    fs.writeFileSync(path.join(folder, name), script, { mode: 0o755 });
  }
}

function linesOf(file: string): string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n").toSorted() : [];
}

/** Every call that was made, in alphabetical order. */
export function callsOf(folder: string): string[] {
  return linesOf(path.join(folder, "calls"));
}

/** Process groups of sleeping programs that are still alive; each program leads one. */
export function sleepersOf(folder: string): number[] {
  return linesOf(path.join(folder, "groups"))
    .map(Number)
    .filter((group) => {
      try {
        return process.kill(-group, 0);
      } catch {
        return false;
      }
    });
}
