import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { LOCAL_CONTEXT } from "../../local/control-plane/index.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { comparableEntry, comparableState, type PlanEntry } from "../support/comparable-state.ts";

const root = path.resolve(import.meta.dirname, "../..");

function planOf(stack: string): PlanEntry[] {
  execFileSync("node", ["plan/cli.ts", "--stack", stack], { cwd: root });
  const file = path.join(root, "out", stack, "resources.json");
  return JSON.parse(fs.readFileSync(file, "utf8")) as PlanEntry[];
}

/** The planned entry as it is when the stack's cluster is reached by another context. */
function pointedAt(context: string, entry: PlanEntry): PlanEntry {
  if (!("context" in entry.inputs)) return entry;
  return { ...entry, inputs: { ...entry.inputs, context } };
}

// Those of the clouds are compared in the course of their lives, in cloud-life.test.ts.
for (const stack of ["local"]) {
  describe(`the plan of ${stack} and the state after up`, () => {
    let running: RunningStack;
    let planned: Map<string, PlanEntry>;
    let kept: Map<string, PlanEntry>;

    before(async () => {
      running = await startStack(stack, `plan-equals-state-${stack}`);
      const result = await running.engine.up();
      assert.equal(result.exitCode, 0, `${result.stdout}\n${result.stderr}`);
      const pointed = planOf(stack).map((entry) => pointedAt(LOCAL_CONTEXT, entry));
      planned = new Map(pointed.map((entry) => [entry.urn, comparableEntry(entry)]));
      kept = new Map(
        (await comparableState(running.engine, planned)).map((entry) => [entry.urn, entry]),
      );
    });

    after(() => running.stop());

    it("hold the same URNs", () => {
      assert.deepEqual([...kept.keys()].toSorted(), [...planned.keys()].toSorted());
    });

    it("agree in parent, provider, dependencies, options and masked inputs", () => {
      for (const [urn, entry] of planned) assert.deepEqual(kept.get(urn), entry, urn);
    });

    it("can be destroyed again, once nothing is protected any more", async () => {
      const unprotected = await running.engine.run("state", "unprotect", "--all", "--yes");
      assert.equal(unprotected.exitCode, 0, unprotected.stderr);
      const result = await running.engine.destroy();
      assert.equal(result.exitCode, 0, `${result.stdout}\n${result.stderr}`);
    });
  });
}
