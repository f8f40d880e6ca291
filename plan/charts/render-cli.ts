// `node plan/charts/render-cli.ts --charts FOLDER`: renders every release that any stack can have, and judges it.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { CHARTS } from "../../components/platform/index.ts";
import type { HelmRelease } from "../model/kubernetes-object.ts";
import { chartsOption } from "./charts-option.ts";
import { platformVariants, variantReleases } from "./platform-variants.ts";
import { renderCharts } from "./render-charts.ts";
import { unrenderableCharts } from "./renderable-charts.ts";

const USAGE = `Usage: node plan/charts/render-cli.ts --charts FOLDER

Renders every release that any stack can have with helm. An API server then judges each object, strictly
and without keeping it, and kube-score says what it finds critical. FOLDER holds a folder for each chart,
whole, as \`helm pull --untar\` makes them.

  --charts FOLDER  where the charts are
  --help           this text`;

const FAILED = 1;
const INTERRUPTED = 130;

/** Every release of every platform that a stack can have, each set of values once. */
async function everyRelease(): Promise<HelmRelease[]> {
  const releases = new Map<string, HelmRelease>();
  for (const variant of platformVariants()) {
    for (const release of await variantReleases(variant)) {
      const { namespace, name, values } = release;
      releases.set(JSON.stringify([namespace, name, values]), release);
    }
  }
  return [...releases.values()];
}

function report(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.error([`${lines.length} ${title}:`, ...lines].join("\n"));
}

async function main(): Promise<number> {
  const folder = chartsOption("charts-render", USAGE);
  if (folder === undefined) {
    console.log(USAGE);
    return 0;
  }
  const unrenderable = unrenderableCharts(Object.values(CHARTS), folder);
  if (unrenderable.length > 0) {
    report("charts cannot be rendered", unrenderable);
    return FAILED;
  }
  // The API server would outlive a process that ends at once.
  const interrupted = new AbortController();
  process.once("SIGINT", () => {
    console.error("Interrupted; stopping what was started.");
    interrupted.abort();
  });
  const output = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-charts-"));
  try {
    const releases = await everyRelease();
    const charts = path.resolve(folder);
    const { objects, problems, advice } = await renderCharts(releases, {
      charts,
      output,
      write: console.log,
      signal: interrupted.signal,
    });
    report("findings of kube-score, which refuse nothing", advice);
    report("problems", problems);
    console.log(`${releases.length} releases rendered, ${objects} objects judged.`);
    return problems.length > 0 ? FAILED : 0;
  } catch (error) {
    if (interrupted.signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    fs.rmSync(output, { recursive: true, force: true });
  }
}

process.exitCode = await main();
