import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkCharts } from "../../plan/charts/check-charts.ts";
import type { GivenValues } from "../../plan/charts/check-values.ts";
import { checkLedger, staleInLedger } from "../../plan/charts/ledger.ts";

const CHARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shop: {
    "Chart.yaml":
      "name: shop\nversion: 1.2.3\ndependencies:\n  - name: till\n  - name: till\n    alias: spare\n",
    "values.yaml": [
      "replicaCount: 1",
      "resources: {}",
      "nodeSelector:",
      "image:",
      "  tag: v1",
      "  # pullSecret: none",
      "tolerations: []",
      "securityContext:",
      "  fsGroup: 1000",
      "counter:",
      "  resources:",
      "    limits:",
      "      memory: 1Gi",
      "till:",
      "  drawers: 2",
      "",
    ].join("\n"),
    "values.schema.json": JSON.stringify({
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      properties: { replicaCount: { type: "integer", minimum: 1 } },
    }),
  },
  till: {
    "Chart.yaml": "name: till\nversion: 0.1.0\n",
    "values.yaml": "drawers: 1\n# bell: true\n",
  },
  packaged: { "Chart.yaml": "name: packaged\nversion: v0.0.0\n", "values.yaml": "on: true\n" },
};

describe("values against charts", () => {
  let folder: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-charts-"));
    for (const [chart, files] of Object.entries(CHARTS)) {
      fs.mkdirSync(path.join(folder, chart));
      for (const [name, text] of Object.entries(files)) {
        fs.writeFileSync(path.join(folder, chart, name), text);
      }
    }
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const shop = (values: object, version = "1.2.3"): GivenValues => ({
    place: "market/shop",
    chart: "shop",
    version,
    values: values as GivenValues["values"],
  });
  const problems = (values: object, version?: string) =>
    checkCharts([shop(values, version)], folder).problems;
  const paths = (values: object) => checkCharts([shop(values)], folder).ledger[0]?.paths;

  it("takes keys that the chart has", () => {
    assert.deepEqual(problems({ replicaCount: 2, image: { tag: "v2" } }), []);
    assert.deepEqual(paths({ replicaCount: 2, image: { tag: "v2" } }), [
      "image.tag",
      "replicaCount",
    ]);
  });

  it("takes any key below what the chart leaves empty, and keeps that as one path", () => {
    const values = { resources: { limits: { cpu: "1" } }, nodeSelector: { "a.b/c": "d" } };
    assert.deepEqual(problems(values), []);
    assert.deepEqual(paths(values), ["nodeSelector.*", "resources.*"]);
  });

  it("takes fields of Kubernetes in a security context, and no others", () => {
    const good = { securityContext: { seccompProfile: { type: "RuntimeDefault" } } };
    assert.deepEqual(problems(good), []);
    assert.deepEqual(paths(good), ["securityContext.seccompProfile.*"]);
    assert.equal(problems({ securityContext: { runAsNobody: true } }).length, 1);
    assert.equal(problems({ image: { runAsUser: 1 } }).length, 1);
  });

  it("takes both sizes of a container where the chart names one, and nothing else there", () => {
    const counter = (limit: string) => ({ counter: { resources: { limits: { [limit]: "1" } } } });
    assert.deepEqual(problems(counter("cpu")), []);
    assert.deepEqual(paths(counter("cpu")), ["counter.resources.limits.cpu"]);
    assert.equal(problems(counter("gpu")).length, 1);
  });

  it("takes keys of a bundled chart, under its name and its alias", () => {
    assert.deepEqual(problems({ till: { drawers: 3 }, spare: { drawers: 3 } }), []);
  });

  it("takes keys that a comment beside their parent names, and says that it is no more", () => {
    const values = { image: { pullSecret: "x" }, till: { bell: false } };
    const { problems: found, ledger } = checkCharts([shop(values)], folder);
    assert.deepEqual(found, []);
    assert.deepEqual(ledger[0]?.commented, ["image.pullSecret.*", "till.bell.*"]);
    assert.deepEqual(ledger[0].paths, []);
  });

  it("refuses a key that the chart does not have, and names the nearest", () => {
    assert.deepEqual(problems({ image: { tga: "v2" } }), [
      "market/shop: image.tga: got a key that shop 1.2.3 does not have, expected one of its own. " +
        "Did you mean image.tag?",
    ]);
  });

  it("refuses a key below a value that is no map", () => {
    assert.deepEqual(problems({ replicaCount: { min: 2 } }), [
      "market/shop: replicaCount.min: got a key that shop 1.2.3 does not have, expected one of its " +
        "own. Look it up in the chart's values.yaml, or take it out.",
      "market/shop: replicaCount: the schema of shop 1.2.3 says it must be integer. Mend the value.",
    ]);
  });

  it("refuses what the schema refuses", () => {
    assert.deepEqual(problems({ replicaCount: 0 }), [
      "market/shop: replicaCount: the schema of shop 1.2.3 says it must be >= 1. Mend the value.",
    ]);
  });

  it("refuses the values file of another version, but for charts that are numbered when packaged", () => {
    assert.deepEqual(problems({ replicaCount: 2 }, "1.3.0"), [
      "market/shop: got the values file of shop 1.2.3, expected that of 1.3.0. Unpack the pinned version.",
    ]);
    const packaged = { ...shop({ on: false }), chart: "packaged", version: "v9.9.9" };
    assert.deepEqual(checkCharts([packaged], folder).problems, []);
  });

  it("refuses a chart that is not at hand", () => {
    const { problems: found } = checkCharts([{ ...shop({}), chart: "barn" }], folder);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? "", /^barn: got no folder of that name in /);
  });

  describe("the ledger, without the charts", () => {
    const ledger = () =>
      checkCharts([shop({ replicaCount: 2, resources: { limits: {} } })], folder).ledger;
    const remedy = "Run: make charts-check CHARTS=dir, with the values files of the charts in dir";

    it("vouches for what was verified, and for anything below what is open", () => {
      const other = shop({ replicaCount: 5, resources: { requests: { cpu: "1" } } });
      assert.deepEqual(checkLedger([other], ledger()), []);
    });

    it("vouches for keys that only a comment names, and misses none of them", () => {
      const given = [shop({ image: { pullSecret: "x" }, till: { bell: false } })];
      const kept = checkCharts(given, folder).ledger;
      assert.deepEqual(checkLedger(given, kept), []);
      assert.deepEqual(staleInLedger(given, kept), []);
    });

    it("refuses a path, a version and a chart that were not verified", () => {
      const path_ = shop({ replicaCount: 2, image: { tag: "v2" } });
      const found = [path_, shop({}, "1.3.0"), { ...shop({}), chart: "barn" }];
      assert.deepEqual(checkLedger(found, ledger()), [
        "market/shop: image.tag: got a key of shop that was not verified, expected one in the ledger. " +
          remedy,
        `market/shop: got shop 1.3.0, expected the version in the ledger (1.2.3). ${remedy}`,
        `market/shop: got the chart barn, expected one in the ledger. ${remedy}`,
      ]);
    });

    it("names what nothing sets any more", () => {
      assert.deepEqual(staleInLedger([shop({ replicaCount: 2 })], ledger()), [
        `shop: resources.*: nothing sets it any more. ${remedy}`,
      ]);
      assert.deepEqual(staleInLedger([], ledger()), [`shop: nothing uses the chart. ${remedy}`]);
    });
  });
});
