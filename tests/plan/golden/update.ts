// Writes the golden lists of URNs again: node tests/plan/golden/update.ts
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runPlan, STACKS, urnsOf } from "../run-plan.ts";

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-golden-"));
for (const stack of STACKS) {
  const { code, stderr } = await runPlan(["--stack", stack, "--out", scratch]);
  if (code !== 0) throw new Error(stderr);
  const file = path.join(import.meta.dirname, `${stack}.urns.txt`);
  fs.writeFileSync(file, `${urnsOf(path.join(scratch, stack)).join("\n")}\n`);
}
fs.rmSync(scratch, { recursive: true });
