import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { findTools, machineFolders } from "../../../../local/tools/find-tool.ts";
import { REPOSITORY } from "../../../../local/repository.ts";
import { toolFolder } from "../../../../local/tools/tool-folder.ts";
import { toolNamed } from "../../../../local/tools/tool-table.ts";

describe("findTools", () => {
  let root: string;
  const folder = () => toolFolder(path.join(root, "tools"));
  const tools = [toolNamed("pulumi"), toolNamed("pulumi-language-nodejs")];
  const program = (name: string, prints: string) => {
    fs.writeFileSync(path.join(root, name), `#!/bin/sh\necho ${prints}\n`, { mode: 0o755 });
  };
  const origins = async () =>
    (await findTools(tools, folder(), [root])).map(({ tool, from }) => `${tool.name}: ${from}`);
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-path-"));
  });
  afterEach(() => {
    fs.rmSync(root, { recursive: true });
  });

  it("takes a program on PATH whose version fits, and with it the one that belongs to it", async () => {
    program("pulumi", "v3.300.0");
    program("pulumi-language-nodejs", "");
    assert.deepEqual(await origins(), ["pulumi: path", "pulumi-language-nodejs: path"]);
  });

  it("leaves one that is too old", async () => {
    program("pulumi", "v3.100.0");
    program("pulumi-language-nodejs", "");
    assert.deepEqual(await origins(), ["pulumi: nowhere", "pulumi-language-nodejs: nowhere"]);
  });

  it("leaves one that lacks what belongs to it", async () => {
    program("pulumi", "v3.300.0");
    assert.deepEqual(await origins(), ["pulumi: nowhere", "pulumi-language-nodejs: nowhere"]);
  });

  it("does not look in the checkout or in relative folders of PATH", () => {
    const bin = path.join(REPOSITORY, "node_modules/.bin");
    assert.deepEqual(machineFolders(`${bin}:bin:/usr/bin`), ["/usr/bin"]);
  });
});
