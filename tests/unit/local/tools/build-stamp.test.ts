import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildStamp, install, isCurrent } from "../../../../local/tools/build-stamp.ts";
import { toolFolder, type ToolFolder } from "../../../../local/tools/tool-folder.ts";

const tool = { package: "example.com/tool", linkerFlags: ["-X main.v=1"] };

describe("buildStamp", () => {
  const stamp = buildStamp(tool, ["mod", "sum"], "linux/x64");

  it("is the same for the same build", () => {
    assert.equal(buildStamp({ ...tool }, ["mod", "sum"], "linux/x64"), stamp);
  });

  it("changes with the modules, the package, the flags and the machine", () => {
    const others = [
      buildStamp(tool, ["mod2", "sum"], "linux/x64"),
      buildStamp(tool, ["mod", "sum2"], "linux/x64"),
      buildStamp(tool, ["mods", "um"], "linux/x64"),
      buildStamp({ ...tool, package: "example.com/other" }, ["mod", "sum"], "linux/x64"),
      buildStamp({ ...tool, linkerFlags: [] }, ["mod", "sum"], "linux/x64"),
      buildStamp(tool, ["mod", "sum"], "darwin/arm64"),
    ];
    assert.equal(new Set([stamp, ...others]).size, others.length + 1);
  });
});

describe("install", () => {
  let root: string;
  let folder: ToolFolder;
  const file = () => path.join(folder.bin, "tool");
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-stamp-"));
    folder = toolFolder(root);
    fs.mkdirSync(folder.bin, { recursive: true });
    fs.writeFileSync(path.join(root, "built"), "program");
    install(folder, "tool", path.join(root, "built"), "stamp");
  });
  afterEach(() => {
    fs.rmSync(root, { recursive: true });
  });

  it("makes a build current, and for that stamp only", () => {
    assert.ok(isCurrent(folder, "tool", "stamp"));
    assert.ok(!isCurrent(folder, "tool", "another"));
  });

  it("does not trust a program that is cut short, gone, or was put there by hand", () => {
    fs.truncateSync(file(), 3);
    assert.ok(!isCurrent(folder, "tool", "stamp"));
    fs.rmSync(file());
    assert.ok(!isCurrent(folder, "tool", "stamp"));
    fs.writeFileSync(path.join(folder.bin, "other"), "program");
    assert.ok(!isCurrent(folder, "other", "stamp"));
  });
});
