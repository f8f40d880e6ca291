import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** The stacks that have a file. */
export const STACKS = ["local", "dev", "staging", "prod"] as const;

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** Runs a Node program to its end. */
export function runNode(
  args: readonly string[],
  cwd: string = ROOT,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const start = performance.now();
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const seconds = (performance.now() - start) / 1000;
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr, seconds });
    });
  });
}

/** Runs the plan's command line from any folder. */
export function runPlan(
  args: readonly string[],
  place: { readonly root?: string; readonly cwd?: string } = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const { root = ROOT, cwd = root } = place;
  return runNode([path.join(root, "plan/cli.ts"), ...args], cwd, env);
}

/** Paths of all files below a folder, with their texts. */
export function readTree(folder: string): Map<string, string> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => [path.relative(folder, file), fs.readFileSync(file, "utf8")]),
  );
}

/** What a program is made of, without what is installed or made from it. */
const SOURCES = ["components", "config", "plan", "systems", "index.ts", "package.json"];

/** Copies the program somewhere else, so that a test can change it or tell whether its place shows. */
export function copyProgram(folder: string): void {
  const stackFiles = fs.readdirSync(ROOT).filter((name) => /^Pulumi\b.*\.yaml$/.test(name));
  for (const name of [...SOURCES, ...stackFiles]) {
    fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
}

/** URNs of a plan that was written to a folder, in order. */
export function urnsOf(folder: string): string[] {
  const text = fs.readFileSync(path.join(folder, "resources.json"), "utf8");
  return (JSON.parse(text) as { urn: string }[]).map(({ urn }) => urn);
}
