import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../local/repository.ts";
import { provideTools, toolFolder } from "../../local/tools/index.ts";

const root = path.join(REPOSITORY, ".e2e/tools");
const folder = toolFolder(root);
const names = ["kube-score"] as const;

describe("the tools", () => {
  const lines: string[] = [];
  const provide = (more: object = {}) =>
    provideTools({ names, folder, terminal: false, write: (line) => lines.push(line), ...more });
  const searchPath = process.env["PATH"];

  beforeEach(() => {
    lines.length = 0;
  });
  before(() => {
    fs.rmSync(root, { recursive: true, force: true });
  });
  afterEach(() => {
    process.env["PATH"] = searchPath;
  });

  it("are asked for by name where there is neither Go nor a program", async () => {
    process.env["PATH"] = path.join(REPOSITORY, "node_modules/.bin");
    await assert.rejects(provide(), {
      message: [
        "Go is not on PATH, and what is needed has to be built with it.",
        "Install Go 1.26 or newer: the definitions of the charts' custom resources come from Go modules.",
        "Ready-made programs on PATH save the building of them:",
        "  kube-score               1.20.x",
      ].join("\n"),
    });
  });

  it("leave nothing that could be taken for a program when a build is interrupted", async () => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 60);
    await assert.rejects(provide({ signal: controller.signal }), {
      message: "Stopped while building kube-score. Run it again to go on.",
    });
    assert.deepEqual(fs.readdirSync(folder.bin), []);
  });

  it("are built once, with a line at the start and the end of each, then found", async () => {
    const { "kube-score": file } = await provide();
    assert.equal(file, path.join(folder.bin, "kube-score"));
    assert.match(lines.join("\n"), /\[1\/2\] build kube-score 1\.20\.0: done in \d+\.\d s/);
    lines.length = 0;
    await provide();
    assert.deepEqual(lines, []);
  });

  it("are built anew when the program was tampered with", async () => {
    fs.appendFileSync(path.join(folder.bin, "kube-score"), "x");
    await provide();
    assert.match(lines.join("\n"), /\[1\/1\] build kube-score/);
  });

  it("bring the custom resource definitions of the charts", () => {
    const definitions = fs.readdirSync(path.join(folder.crds, "cert-manager"));
    assert.ok(definitions.includes("cert-manager.io_clusterissuers.yaml"));
    for (const chart of ["kube-prometheus-stack", "prometheus-operator-crds"]) {
      assert.equal(fs.readdirSync(path.join(folder.crds, chart)).length, 10);
    }
  });
});
