import assert from "node:assert/strict";
import { describeRule, fits, versionIn } from "../../../../local/tools/tool-version.ts";

describe("versionIn", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["v3.255.0\n", "3.255.0"],
    ["etcd Version: 3.6.8\nGit SHA: none\nGo Version: go1.26.8", "3.6.8"],
    ["Kubernetes v1.36.3", "1.36.3"],
    ["kwok version v0.8.0 go1.26.8 (linux/amd64)", "0.8.0"],
    ["kube-score version: 1.20.0, commit: N/A, built: N/A", "1.20.0"],
    ["Kubernetes v0.0.0-master+$Format:%H$", "0.0.0"],
    ["command not found", undefined],
  ];
  for (const [output, version] of cases) {
    it(`finds ${version ?? "none"} in ${JSON.stringify(output)}`, () => {
      assert.equal(versionIn(output), version);
    });
  }
});

describe("fits", () => {
  it("same-minor takes any patch release and nothing else", () => {
    assert.ok(fits("1.36.0", "1.36.3", "same-minor"));
    assert.ok(fits("1.36.9", "1.36.3", "same-minor"));
    assert.ok(!fits("1.37.0", "1.36.3", "same-minor"));
    assert.ok(!fits("2.36.3", "1.36.3", "same-minor"));
  });

  it("same-major takes that version and later ones", () => {
    assert.ok(fits("3.255.0", "3.255.0", "same-major"));
    assert.ok(fits("3.300.1", "3.255.0", "same-major"));
    assert.ok(!fits("3.254.9", "3.255.0", "same-major"));
    assert.ok(!fits("4.0.0", "3.255.0", "same-major"));
  });

  it("refuses what is no version", () => {
    assert.ok(!fits("unknown", "3.255.0", "same-major"));
  });
});

describe("describeRule", () => {
  it("says what to look for", () => {
    assert.equal(describeRule("1.36.3", "same-minor"), "1.36.x");
    assert.equal(describeRule("3.255.0", "same-major"), "3.255.0 or a later 3.x");
  });
});
