import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { CRD_SOURCES, requiredVersion } from "../../../../local/tools/chart-crds.ts";
import { moduleFolder } from "../../../../local/tools/tool-folder.ts";
import { TOOLS, UP_TOOLS, type Tool } from "../../../../local/tools/tool-table.ts";

const goMod = (module: string) =>
  fs.readFileSync(path.join(moduleFolder(module), "go.mod"), "utf8");

/** The version that go.mod requires of the module that a package belongs to. */
function pinned(tool: Tool): string | undefined {
  const parts = tool.package.split("/");
  const prefixes = parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
  return prefixes.map((prefix) => requiredVersion(goMod(tool.module), prefix)).find(Boolean);
}

describe("the table of tools", () => {
  for (const tool of TOOLS) {
    it(`${tool.name}: names the version and package that its go.mod pins`, () => {
      assert.equal(pinned(tool), `v${tool.version}`);
      assert.match(goMod(tool.module), new RegExp(`^(tool )?\\s*${tool.package}$`, "m"));
    });
  }

  it("knows every tool that make up starts", () => {
    const names = TOOLS.map(({ name }) => name);
    for (const name of UP_TOOLS) assert.ok(names.includes(name));
  });

  it("pins the modules that custom resource definitions come from", () => {
    const modules = [...new Set(CRD_SOURCES.map(({ module }) => module))];
    const versions = modules.map((module) => requiredVersion(goMod("crds"), module));
    assert.deepEqual(versions, [
      "v1.21.1",
      "v0.93.1",
      "v1.30.0",
      "v1.6.1",
      "v1.9.0",
      "v0.13.0",
      "v1.3.2",
      "v0.36.6",
      "v1.18.1",
      "v1.7.1",
    ]);
  });

  it("lets no go.mod name a folder of this machine or another module file", () => {
    for (const module of new Set([...TOOLS.map((tool) => tool.module), "crds"])) {
      assert.doesNotMatch(goMod(module), /=>\s*[./]/);
    }
  });
});
