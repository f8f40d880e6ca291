import assert from "node:assert/strict";
import path from "node:path";
import { REPOSITORY } from "../../../../local/repository.ts";
import { buildError, missingGo, telling } from "../../../../local/tools/build-error.ts";
import { buildEstimate } from "../../../../local/tools/provide-tools.ts";
import { toolNamed } from "../../../../local/tools/tool-table.ts";

const log = path.join(REPOSITORY, ".tools/logs/kwok.log");
const kwok = toolNamed("kwok");

describe("buildError", () => {
  it("names the module, the end of what Go said, the remedy, the log and the way round", () => {
    const output =
      "go: downloading a v1\na/b\nc/d\n# c/d\nx.go:1:2: write /tmp/x: no space left on device\n";
    assert.equal(
      buildError(kwok, output, log).message,
      [
        "kwok 0.8.0 could not be built from local/tools/modules/kwok:",
        "  # c/d",
        "  x.go:1:2: write /tmp/x: no space left on device",
        "Free about 6 GB (Go's build cache takes most of it), then run it again.",
        "All that Go printed is in .tools/logs/kwok.log. A ready-made program on PATH does as well:",
        "  kwok                     0.8.x",
      ].join("\n"),
    );
  });

  const remedies: readonly (readonly [string, RegExp])[] = [
    ["go: go.mod requires go >= 1.26.0 (running go 1.22)", /\nInstall Go 1\.26 or newer/],
    ["dial tcp: lookup proxy: no such host", /\nGo could not fetch modules\./],
    ["verifying m: checksum mismatch", /\nWhat was fetched is not what go\.sum names\./],
    ["compile: signal: killed", /\nFree about 3 GB of memory/],
    ["x.go:1: what is this", /\nRun it again: what was compiled so far is kept/],
  ];
  for (const [output, remedy] of remedies) {
    it(`knows what to do about: ${output}`, () => {
      assert.match(buildError(kwok, output, log).message, remedy);
    });
  }
});

describe("telling", () => {
  it("keeps at most twelve lines", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    assert.deepEqual(telling(lines.join("\n")), lines.slice(-12));
  });
});

describe("missingGo", () => {
  it("says what to install and which programs do instead", () => {
    assert.equal(
      missingGo([toolNamed("kube-apiserver"), toolNamed("pulumi-language-nodejs")], false).message,
      [
        "Go is not on PATH, and what is needed has to be built with it.",
        "Install Go 1.26 or newer, or do without building.",
        "Ready-made programs on PATH save the building of them:",
        "  kube-apiserver           1.36.x",
        "  pulumi-language-nodejs   the one that comes with pulumi",
      ].join("\n"),
    );
  });
});

describe("missingGo, with every program there and the definitions missing", () => {
  it("says that nothing but Go brings the definitions, and lists no program", () => {
    assert.equal(
      missingGo([], true).message,
      [
        "Go is not on PATH, and what is needed has to be fetched with it.",
        "Install Go 1.26 or newer: the definitions of the charts' custom resources come from Go modules.",
      ].join("\n"),
    );
  });
});

describe("buildEstimate", () => {
  it("scales what was measured on 2 cores", () => {
    assert.equal(buildEstimate(174, 2), "about 3 min on 2 cores");
    assert.equal(buildEstimate(174, 8), "about 50 s on 8 cores");
    assert.equal(buildEstimate(14, 1), "about 30 s on 1 core");
  });
});
