import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runPlan } from "./run-plan.ts";

interface Planned {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
}

/** URNs of all that has to be there before a resource, itself included. */
function foundations(of: Planned, all: ReadonlyMap<string, Planned>): Set<string> {
  const found = new Set<string>();
  const open = [of.urn];
  for (let urn = open.pop(); urn !== undefined; urn = open.pop()) {
    if (found.has(urn)) continue;
    found.add(urn);
    const { dependencies = [], parent, provider } = all.get(urn) ?? {};
    open.push(...[...dependencies, parent, provider].filter((item) => item !== undefined));
  }
  return found;
}

describe("the guard of destroy, in the whole program", function () {
  this.timeout(60_000);

  it("is the last of all, so that a destroy which it stops has deleted nothing", async () => {
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-guard-"));
    const { code, stderr } = await runPlan(["--stack", "local", "--out", scratch]);
    assert.equal(code, 0, stderr);
    const text = fs.readFileSync(path.join(scratch, "local", "resources.json"), "utf8");
    fs.rmSync(scratch, { recursive: true });
    const planned = JSON.parse(text) as Planned[];
    const guard = planned.find(({ name }) => name === "destroy-guard-last");
    assert.ok(guard);
    const before = foundations(guard, new Map(planned.map((item) => [item.urn, item])));
    const others = planned.filter(
      // A provider that nothing was made with holds nothing.
      ({ urn, type }) => !before.has(urn) && !type.startsWith("pulumi:providers:"),
    );
    assert.ok(before.size > 100, String(before.size));
    assert.deepEqual(
      others.map(({ urn }) => urn),
      [],
    );
  });
});
