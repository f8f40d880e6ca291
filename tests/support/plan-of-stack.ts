import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { PlanEntry } from "./comparable-state.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** The resources.json of a stack whose file is in the folder. */
export async function planOfStack(stack: string, folder: string): Promise<PlanEntry[]> {
  const script = path.join(root, "tests/support/plan-of-folder.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, stack, folder], {
    cwd: root,
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout) as PlanEntry[];
}
