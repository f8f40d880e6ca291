import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { otherStacks, stackResources } from "../../../../local/engine/stack-resources.ts";

describe("what the states in a backend list", () => {
  let stateDir: string;

  before(() => {
    stateDir = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-states-"));
    const folder = path.join(stateDir, "backend/.pulumi/stacks/slipway");
    fs.mkdirSync(folder, { recursive: true });
    const state = (resources: unknown[]) =>
      JSON.stringify({ checkpoint: { latest: { resources } } });
    fs.writeFileSync(path.join(folder, "local.json"), state([{}, {}]));
    fs.writeFileSync(path.join(folder, "local.json.bak"), state([{}]));
    fs.writeFileSync(path.join(folder, "mine.json"), state([{}]));
    fs.writeFileSync(path.join(folder, "empty.json"), state([]));
    fs.writeFileSync(path.join(folder, "new.json"), JSON.stringify({ checkpoint: {} }));
  });

  after(() => {
    fs.rmSync(stateDir, { recursive: true });
  });

  it("is counted for one stack", () => {
    assert.equal(stackResources({ stateDir, stack: "local" }), 2);
    assert.equal(stackResources({ stateDir, stack: "new" }), 0);
    assert.equal(stackResources({ stateDir, stack: "none" }), undefined);
  });

  it("names the other stacks that have any", () => {
    assert.deepEqual(otherStacks({ stateDir, stack: "local" }), ["mine"]);
    assert.deepEqual(otherStacks({ stateDir, stack: "mine" }), ["local"]);
    assert.deepEqual(otherStacks({ stateDir: "/none", stack: "local" }), []);
  });
});
