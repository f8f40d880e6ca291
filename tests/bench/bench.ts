// Measures, in one run on one machine, what Slipway adds to what the engine and the API server cost
// anyway, and writes docs/performance.md. Times are wall-clock; the ratios are what to read.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { format } from "prettier";
import { engine, type Engine } from "../../local/engine/index.ts";
import { startStack } from "../support/running-stack.ts";
import { applyBare } from "./bare-apply.ts";
import { measureCommand, PLAN, planOfProd, type Measured } from "./measure-command.ts";
import { performancePage, type Row } from "./performance-page.ts";

const ROUNDS = 3;
const CLOUDS = ["gke", "eks", "aks"] as const;
const root = path.resolve(import.meta.dirname, "../..");
const resourcesFile = path.join(root, "out/local/resources.json");

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The median of several runs of a command, after one that warms up the caches. */
function measured(command: string, ...args: string[]): Measured {
  const runs = Array.from({ length: ROUNDS + 1 }, () => measureCommand(command, ...args)).slice(1);
  return {
    seconds: median(runs.map((run) => run.seconds)),
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    megabytes: median(runs.map((run) => run.megabytes)),
  };
}

async function seconds(
  what: string,
  run: () => Promise<{ exitCode?: number | undefined; stdout?: string }>,
) {
  const start = performance.now();
  const { exitCode, stdout } = await run();
  if (exitCode !== 0) throw new Error(`${what} failed:\n${stdout ?? ""}`);
  const took = (performance.now() - start) / 1000;
  console.log(`${what.padEnd(44)} ${took.toFixed(1)} s`);
  return took;
}

interface Life {
  readonly up: number;
  readonly preview: number;
  readonly destroy: number;
}

async function live(name: string, one: Engine): Promise<Life> {
  return {
    up: await seconds(`${name}: up`, () => one.up()),
    preview: await seconds(`${name}: empty preview`, () => one.preview("--expect-no-changes")),
    destroy: await seconds(`${name}: destroy`, () => one.destroy()),
  };
}

function medians(lives: readonly Life[]): Life {
  const pick = (key: keyof Life) => median(lives.map((life) => life[key]));
  return { up: pick("up"), preview: pick("preview"), destroy: pick("destroy") };
}

async function main(): Promise<void> {
  console.log("plan and its floor ...");
  const plan = measured(...PLAN, "--stack", "local");
  const mocks = measured("node", "tests/bench/mock-floor.ts", resourcesFile);
  const plans = CLOUDS.map((cloud) => ({ cloud, ...measured(...planOfProd(cloud)) }));

  const stack = await startStack("local", "bench");
  try {
    const { kubeconfig } = stack.controlPlane;
    const floor = await engine({
      stateDir: path.join(stack.controlPlane.stateDir, "floor"),
      stack: "floor",
      program: path.join(import.meta.dirname, "floor"),
      kubeconfig,
    });
    await floor.run("stack", "init", "--no-select").catch(() => undefined);
    const ours: Life[] = [];
    const floors: Life[] = [];
    // Turn and turn about, so that a machine that slows down slows both.
    for (let round = 0; round < ROUNDS; round++) {
      floors.push(await live("floor", floor));
      ours.push(await live("slipway", stack.engine));
    }
    const bare = await applyBare(kubeconfig, path.join(root, "out/local/manifests"));
    console.log(`${"bare server-side apply".padEnd(44)} ${bare.seconds.toFixed(1)} s`);

    const [mine, base] = [medians(ours), medians(floors)];
    const row = (what: string, own: number, of: string, least: number): Row => ({
      what,
      own,
      of,
      least,
    });
    const page = performancePage({
      resources: (JSON.parse(fs.readFileSync(resourcesFile, "utf8")) as unknown[]).length,
      objects: bare.objects,
      cores: os.availableParallelism(),
      rows: [
        row("plan", plan.seconds, "the same resources under the SDK's mocks", mocks.seconds),
        row("up", mine.up, "the engine, same resources, no components", base.up),
        row("empty preview", mine.preview, "the engine, as above", base.preview),
        row("destroy", mine.destroy, "the engine, as above", base.destroy),
        row("up", mine.up, "a loop of server-side applies of the same objects", bare.seconds),
      ],
      plans,
      memory: { plan: plan.megabytes, mocks: mocks.megabytes },
    });
    const text = await format(page, { parser: "markdown", printWidth: 100 });
    fs.writeFileSync(path.join(root, "docs/performance.md"), text);
    console.log(`\n${page}`);
    if (mine.up > 2 * base.up) {
      console.error("up takes more than twice what the engine takes for the same resources");
      process.exitCode = 1;
    }
  } finally {
    await stack.stop();
  }
}

await main();
