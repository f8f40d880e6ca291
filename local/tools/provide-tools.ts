import os from "node:os";
import { execa } from "execa";
import { runSteps, type Step } from "../progress.ts";
import { missingGo } from "./build-error.ts";
import { buildTool } from "./build-tool.ts";
import { hasCurrentCrds, provideCrds } from "./chart-crds.ts";
import { findTools, type Finding } from "./find-tool.ts";
import { toolFolder, type ToolFolder } from "./tool-folder.ts";
import { TOOLS, toolNamed, type Tool, type ToolName } from "./tool-table.ts";

/** Absolute paths of tools by name. */
export type ToolPaths = Readonly<Record<ToolName, string>>;

export interface ProvideOptions {
  /** Which tools; all of them unless said. */
  readonly names?: readonly ToolName[];
  readonly folder?: ToolFolder;
  readonly write?: (line: string) => void;
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
}

/** How long building takes on a machine with that many cores, in words. */
export function buildEstimate(seconds: number, cores: number): string {
  const here = (seconds * 2) / Math.max(cores, 1);
  const text = here < 50 ? `${Math.ceil(here / 10) * 10} s` : `${Math.ceil(here / 60)} min`;
  return `about ${text} on ${cores} ${cores === 1 ? "core" : "cores"}`;
}

async function hasGo(): Promise<boolean> {
  const { failed } = await execa("go", ["version"], { reject: false });
  return !failed;
}

function buildStep(tool: Tool, folder: ToolFolder, signal: AbortSignal | undefined): Step {
  return {
    title: `build ${tool.name} ${tool.version}`,
    estimate: buildEstimate(tool.buildSeconds, os.availableParallelism()),
    run: (note) => buildTool(tool, folder, note, signal),
  };
}

/** Where each tool is, without building any. */
export async function whereTools(options: ProvideOptions = {}): Promise<Finding[]> {
  const names = options.names ?? TOOLS.map((tool) => tool.name);
  return findTools(names.map(toolNamed), options.folder ?? toolFolder());
}

/**
 * Makes sure that the tools are there: on PATH in a version that fits, or built earlier from exactly
 * what the checkout pins, or built now. Says nothing when there is nothing to do.
 */
export async function provideTools(options: ProvideOptions = {}): Promise<ToolPaths> {
  const folder = options.folder ?? toolFolder();
  const missing = (await whereTools(options)).flatMap((finding) =>
    finding.from === "nowhere" ? [finding.tool] : [],
  );
  const steps = missing.map((tool) => buildStep(tool, folder, options.signal));
  const lacksCrds = !hasCurrentCrds(folder);
  if (lacksCrds) {
    steps.push({
      title: "fetch the custom resource definitions of the charts",
      estimate: "about 10 s",
      run: () => provideCrds(folder),
    });
  }
  const write = options.write ?? console.log;
  if (steps.length > 0) {
    if (!(await hasGo())) throw missingGo(missing, lacksCrds);
    const seconds = missing.reduce((sum, tool) => sum + tool.buildSeconds, 0);
    const estimate = buildEstimate(seconds, os.availableParallelism());
    if (missing.length > 0)
      write(`Tools to build once: ${missing.length}, ${estimate} where nothing is cached.`);
    await runSteps(steps, options.terminal, write);
  }
  const found = await whereTools({ ...options, folder });
  const paths = found.flatMap((finding) =>
    finding.from === "nowhere" ? [] : [[finding.tool.name, finding.file] as const],
  );
  return Object.fromEntries(paths) as ToolPaths;
}
