import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseDocument } from "yaml";
import { stackFolder } from "../../config/stack-folder.ts";
import type { PlanEntry } from "./comparable-state.ts";
import { planOfStack } from "./plan-of-stack.ts";

/** A stack file that is shipped: the project's own, or that of an example. */
export interface ShippedStack {
  readonly stack: string;
  readonly example?: string | undefined;
}

/** Where in `config` a value goes, and the value. */
export type Change = readonly [keys: readonly string[], value: unknown];

/** The plan, which every judge has passed, of a shipped stack file with some values changed. */
export async function planOfChangedStack(
  { stack, example }: ShippedStack,
  changes: readonly Change[],
): Promise<PlanEntry[]> {
  const file = `Pulumi.${stack}.yaml`;
  const text = fs.readFileSync(path.join(stackFolder(example), file), "utf8");
  const document = parseDocument(text);
  for (const [keys, value] of changes) {
    document.setIn(["config", ...keys], document.createNode(value));
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-changed-"));
  try {
    fs.writeFileSync(path.join(folder, file), document.toString());
    return await planOfStack(stack, folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
