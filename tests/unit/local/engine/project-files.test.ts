import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { engineFolder } from "../../../../local/engine/engine-folder.ts";
import { writeProject } from "../../../../local/engine/project-files.ts";

describe("writeProject", () => {
  let root: string;
  let program: string;
  const folder = () => engineFolder(path.join(root, "state"), "stand-in");
  const copy = () => path.join(folder().project, "Pulumi.dev.yaml");
  const source = (text: string) => {
    fs.writeFileSync(path.join(program, "Pulumi.dev.yaml"), text);
  };
  const write = () => writeProject(folder(), { program, stack: "dev" });
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-project-"));
    program = path.join(root, "program");
    fs.mkdirSync(program);
    fs.writeFileSync(path.join(program, "Pulumi.yaml"), "name: minimal\nmain: start.js\n");
    source("# why\nconfig:\n  a:b: c\n");
  });
  afterEach(() => {
    fs.rmSync(root, { recursive: true });
  });

  it("points the copy of the project at the program and gives its name back", () => {
    assert.equal(write(), "minimal");
    assert.equal(
      fs.readFileSync(path.join(folder().project, "Pulumi.yaml"), "utf8"),
      `name: minimal\nmain: ${program}/start.js\n`,
    );
  });

  it("keeps the salt that the engine wrote, and takes everything else afresh", () => {
    write();
    fs.appendFileSync(copy(), "encryptionsalt: v1:salt\n");
    source("config:\n  a:b: d\n");
    write();
    assert.equal(fs.readFileSync(copy(), "utf8"), "config:\n  a:b: d\nencryptionsalt: v1:salt\n");
  });

  it("never writes to the program's own folder", () => {
    const before = fs.readFileSync(path.join(program, "Pulumi.dev.yaml"), "utf8");
    write();
    write();
    assert.equal(fs.readFileSync(path.join(program, "Pulumi.dev.yaml"), "utf8"), before);
    assert.deepEqual(fs.readdirSync(program), ["Pulumi.dev.yaml", "Pulumi.yaml"]);
  });

  it("refuses secrets that belong to another backend", () => {
    source("encryptionsalt: v1:other\nconfig: {}\n");
    assert.throws(write, {
      message:
        `${program}/Pulumi.dev.yaml: encryptionsalt: got a value, expected none for a stack that is brought up locally. ` +
        "Its secrets belong to another Pulumi backend: use pulumi up for it, or remove the key and the secrets.",
    });
  });
});
