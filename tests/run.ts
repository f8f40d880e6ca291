// Runs the test tiers in order and ends with minutes per tier and one line of counts.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Command } from "commander";

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

interface Tier {
  readonly name: string;
  readonly proves: string;
  readonly run: () => Outcome;
}

const root = path.resolve(import.meta.dirname, "..");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-test-"));

const coverage = path.join(root, "coverage/tmp");

function runs(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  console.log(`$ ${[command, ...args].join(" ")}`);
  const options = { cwd: root, stdio: "inherit", env: { ...process.env, ...env } } as const;
  return spawnSync(command, args, options).status === 0;
}

/** Each command counts as one test: it passes or it fails. */
function commands(...lines: string[][]): Outcome {
  const results = lines.map(([command = "", ...args]) => runs(command, args));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

function mocha(folder: string, ...options: string[]): Outcome {
  const output = path.join(scratch, `${folder}.json`);
  const reporter = path.join(root, "tests/support/counting-reporter.js");
  const args = ["--reporter", reporter, "--reporter-option", `output=${output}`, ...options];
  // Node writes what ran into this folder, and the tier "coverage" reads it.
  const measured = folder === "e2e" ? {} : { NODE_V8_COVERAGE: coverage };
  const ok = runs("mocha", [...args, `tests/${folder}/**/*.test.ts`], measured);
  // No report means that mocha died before its end: a failure of its own, whatever it had counted.
  if (!fs.existsSync(output)) return { passed: 0, failed: 1 };
  const { passes, failures } = JSON.parse(fs.readFileSync(output, "utf8")) as {
    passes: number;
    failures: number;
  };
  return { passed: passes, failed: ok ? failures : Math.max(failures, 1) };
}

const tiers: readonly Tier[] = [
  {
    name: "tools",
    proves: "the engine, the API server and the judges build from their modules",
    run: () => commands(["node", "local/cli.ts", "tools"]),
  },
  {
    name: "static",
    proves: "format, lint, types",
    run: () =>
      commands(
        ["prettier", "--check", "--log-level", "warn", "."],
        ["eslint", "--max-warnings", "0", "."],
        ["tsc", "--noEmit"],
      ),
  },
  { name: "unit", proves: "pure functions", run: () => mocha("unit") },
  { name: "components", proves: "children, inputs and options", run: () => mocha("components") },
  { name: "architecture", proves: "arrows, sizes, registries", run: () => mocha("architecture") },
  { name: "plan", proves: "the offline plan and its judges", run: () => mocha("plan") },
  { name: "stacks", proves: "the real stack files, whole program", run: () => mocha("stacks") },
  {
    name: "coverage",
    proves: "those tiers reach nearly every line of the program",
    run: () =>
      commands(
        "c8 report --reporter text-summary --check-coverage --lines 98 --branches 90".split(" "),
      ),
  },
  {
    name: "e2e",
    proves: "real engine, real API server",
    run: () => mocha("e2e", "--timeout", "300000"),
  },
];

function main(): number {
  const command = new Command("node tests/run.ts")
    .description("Run test tiers: " + tiers.map((tier) => tier.name).join(", "))
    .option("--tier <name...>", "only these tiers, in the usual order");
  const chosen = command.parse().opts<{ tier?: string[] }>().tier;
  const unknown = chosen?.find((name) => !tiers.some((tier) => tier.name === name));
  if (unknown !== undefined)
    command.error(`error: no tier is called "${unknown}"`, { exitCode: 2 });

  fs.rmSync(coverage, { recursive: true, force: true });
  const rows = tiers
    .filter((tier) => chosen?.includes(tier.name) ?? true)
    .map((tier) => {
      console.log(`\n== ${tier.name}: ${tier.proves}`);
      const start = performance.now();
      const outcome = tier.run();
      return { tier, ...outcome, minutes: (performance.now() - start) / 60_000 };
    });
  fs.rmSync(scratch, { recursive: true });

  console.log("\ntier          minutes  passed  failed");
  for (const { tier, minutes, passed, failed } of rows) {
    const cells = [minutes.toFixed(2).padStart(8), String(passed).padStart(7)];
    console.log([tier.name.padEnd(12), ...cells, String(failed).padStart(7)].join(" "));
  }
  const sum = (pick: (row: Outcome) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const failed = sum((row) => row.failed);
  console.log(`\n${sum((row) => row.passed)} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = main();
