import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

describe("start.js", () => {
  it("explains a Node that is too old, and says what to do", () => {
    const older = 'Object.defineProperty(process.versions, "node", { value: "22.1.0" })';
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(older)}`, "start.js"],
      { cwd: root, encoding: "utf8" },
    );
    assert.equal(status, 1);
    assert.match(
      stderr,
      /Error: Slipway needs Node 24 or newer, and this is Node 22\.1\.0 \(.+\)\. Put node_modules\/\.bin first on PATH after `npm ci` \(it brings Node 24\), or use `make up`\./,
    );
  });

  it("gives every output of the program to the engine", () => {
    const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
    const exported = [...read("index.ts").matchAll(/^export const (\w+)/gm)].map(
      ([, name]) => name,
    );
    const passedOn = /\{ (.+) \} = program/.exec(read("start.js"))?.[1];
    assert.deepEqual(passedOn?.split(", "), exported);
  });
});
