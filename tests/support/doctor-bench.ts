import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { SECTIONS, type Finding } from "../../local/doctor/finding.ts";
import { callsOf, sleepersOf, writeFakePrograms, type FakePrograms } from "./fake-programs.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** What the command is made of. */
const SOURCES = ["components", "config", "examples", "local", "systems", "package.json"];

/** The secrets that prod asks a person for. */
const SECRETS = [
  "kaizenStudioAzureClientSecret",
  "alertSlackUrl",
  "alertPagerDutyKey",
  "alertDeadMansSwitchUrl",
];

/** What stands for the placeholders of the shipped stack files. */
const SUPPLIED: readonly (readonly [RegExp, string])[] = [
  [/your-project/g, "acme-prod"],
  [/(@|\b)(your)?domain\.com|example\.com/g, "acme.dev"],
  [/studio\.yourdomain\.com/g, "studio.acme.dev"],
  [/your-registry/g, "registry.acme.dev"],
  [/(slipway:placeholders)/, "slipway:runbooksUrl: https://runbooks.acme.dev\n  $1"],
  [/0{8}(-0{4}){3}-0{12}/g, "11111111-1111-1111-1111-111111111111"],
  [/0{12}/g, "111122223333"],
  [/192\.0\.2\.0\/24/g, "11.22.33.0/24"],
];

export interface DoctorRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every call of a program, in alphabetical order. */
  readonly calls: readonly string[];
  /** Process groups of programs that are still running. */
  readonly left: readonly number[];
}

/** What still sleeps when the dead have been buried: an orphan stays a zombie until init sees to it. */
async function sleepersAtLast(bin: string): Promise<number[]> {
  for (let tries = 0; tries < 50 && sleepersOf(bin).length > 0; tries += 1) await setTimeout(100);
  return sleepersOf(bin);
}

/** Arguments that name the stack prod on each cloud. */
export const ON = {
  gke: ["--stack", "prod"],
  eks: ["--stack", "prod", "--cluster", "eks"],
  aks: ["--stack", "prod", "--cluster", "aks"],
} as const;

/** What a run with --json found not in order, but for the remark that an example is an example. */
export function amiss({ stdout }: DoctorRun): Omit<Finding, "section">[] {
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return findings
    .filter(({ is, check }) => is !== "ok" && check !== "place")
    .map(({ section, ...finding }) => {
      assert.ok(SECTIONS.includes(section));
      return finding;
    });
}

/** A copy of the command in a folder of its own, with stack files and programs as a test needs them. */
export class DoctorBench {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-doctor-"));
  #runs = 0;

  constructor() {
    for (const name of [...SOURCES, "Pulumi.dev.yaml", "Pulumi.prod.yaml", "Pulumi.local.yaml"]) {
      fs.cpSync(path.join(ROOT, name), path.join(this.folder, name), { recursive: true });
    }
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(this.folder, "node_modules"));
  }

  /** Supplies all that a person has to supply for prod on a cloud, and refuses placeholders from then on. */
  supply(cluster: "" | "eks" | "aks"): void {
    const file = path.join(
      this.folder,
      cluster === "" ? "" : `examples/${cluster}`,
      "Pulumi.prod.yaml",
    );
    const supplied = SUPPLIED.reduce(
      (text, [pattern, value]) => text.replace(pattern, value),
      fs.readFileSync(file, "utf8"),
    );
    // Secrets as Pulumi writes them; nobody opens one.
    const secrets = SECRETS.map((name) => `  slipway:${name}:\n    secure: v1:fake:fake\n`);
    fs.writeFileSync(
      file,
      supplied.replace("placeholders: allowed", "placeholders: refused").trimEnd() +
        `\n${secrets.join("")}`,
    );
  }

  writeStack(name: string, text: string): void {
    fs.writeFileSync(path.join(this.folder, `Pulumi.${name}.yaml`), text);
  }

  /** Runs the command with these programs and no others; `interruptAfter` sends Ctrl-C after so many ms. */
  run(
    args: readonly string[],
    programs: FakePrograms,
    interruptAfter?: number,
  ): Promise<DoctorRun> {
    this.#runs += 1;
    const bin = path.join(this.folder, `bin-${this.#runs}`);
    writeFakePrograms(bin, programs);
    const command = [path.join(this.folder, "local/cli.ts"), "doctor", "--path", bin, ...args];
    const env = { PATH: bin, HOME: this.folder };
    const child = spawn(process.execPath, command, { env, cwd: os.tmpdir() });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (part: Buffer) => {
      stdout += part.toString();
    });
    child.stderr.on("data", (part: Buffer) => {
      stderr += part.toString();
    });
    const timer =
      interruptAfter === undefined
        ? undefined
        : globalThis.setTimeout(() => child.kill("SIGINT"), interruptAfter);
    return new Promise((resolve) => {
      child.on("close", (code) => {
        clearTimeout(timer);
        void sleepersAtLast(bin).then((left) => {
          resolve({ code, stdout, stderr, calls: callsOf(bin), left });
        });
      });
    });
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}
