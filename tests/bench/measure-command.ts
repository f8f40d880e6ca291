import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** What one run of a command took. */
export interface Measured {
  /** Wall time, start of the process included. */
  readonly seconds: number;
  /** Of all its threads, of which more than one may run at once. */
  readonly cpuSeconds: number;
  /** Peak memory, resident, of the Node program that the command ends up in. */
  readonly megabytes: number;
}

const root = path.resolve(import.meta.dirname, "../..");
const LOADER = path.join(import.meta.dirname, "report-usage.ts");

/** Runs a command that starts one Node program, in the project's folder. Throws what it wrote if it fails. */
export function measureCommand(command: string, ...args: string[]): Measured {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-measure-"));
  const report = path.join(folder, "usage.json");
  const nodeOptions = `--import ${pathToFileURL(LOADER).href}`;
  const env = { ...process.env, NODE_OPTIONS: nodeOptions, USAGE_REPORT: report };
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd: root, env, encoding: "utf8" });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
  const usage = JSON.parse(fs.readFileSync(report, "utf8")) as Omit<Measured, "seconds">;
  fs.rmSync(folder, { recursive: true });
  return { seconds, ...usage };
}

/** How `make plan` starts the program of the plan. */
export const PLAN = ["node", "--max-semi-space-size=4", "plan/cli.ts"] as const;

/** The plan of prod on a cloud, as `make plan` makes it. */
export const planOfProd = (cluster: "gke" | "eks" | "aks"): [string, ...string[]] => [
  ...PLAN,
  ...["--stack", "prod", "--cluster", cluster === "gke" ? "" : cluster],
];
