import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { CHARTS } from "../../components/platform/charts.ts";
import { stopControlPlane } from "../../local/control-plane/index.ts";
import { renderCharts } from "../../plan/charts/render-charts.ts";
import { unrenderableCharts } from "../../plan/charts/renderable-charts.ts";
import type { Renderable } from "../../plan/charts/render-release.ts";

const root = path.resolve(import.meta.dirname, "../..");
const output = path.join(root, ".e2e/charts-render");
const charts = path.join(output, "charts");

/** A chart of ours. Its Service takes whatever the values say of it, as many charts let one do. */
const TILL: Readonly<Record<string, string>> = {
  "Chart.yaml": "apiVersion: v2\nname: till\nversion: 1.2.3\n",
  "values.yaml": "drawers: 1\nextraSpec: {}\nmonitor: true\nendpoint: {}\n",
  "templates/service.yaml": `
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  ports: [{ port: 80 }]
  {{- with .Values.extraSpec }}{{ toYaml . | nindent 2 }}{{ end }}
`,
  "templates/settings.yaml": `
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  drawers: {{ required "drawers has to be set" .Values.drawers | quote }}
`,
  "templates/monitor.yaml": `
{{- if and .Values.monitor (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1/ServiceMonitor") }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ .Release.Name }}
spec:
  selector: {}
  endpoints: [{{ .Values.endpoint | toJson }}]
{{- end }}
`,
  "crds/receipts.yaml": `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: receipts.till.test
spec:
  group: till.test
  scope: Namespaced
  names: { kind: Receipt, plural: receipts }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: { type: object, properties: { sum: { type: integer } } }
`,
  "templates/receipt.yaml": `
apiVersion: till.test/v1
kind: Receipt
metadata:
  name: first
spec:
  sum: {{ .Values.drawers }}
`,
};

const till = (values: Renderable["values"], name = "till"): Renderable => ({
  namespace: "market",
  name,
  chart: "till",
  values,
});

function writeChart(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

describe("charts, rendered and judged", () => {
  const render = (...releases: Renderable[]) =>
    renderCharts(releases, { charts, output: path.join(output, "out"), write: () => undefined });

  before(async () => {
    await stopControlPlane(path.join(output, "out/control-plane"));
    fs.rmSync(output, { recursive: true, force: true });
    writeChart(path.join(charts, "till"), TILL);
  });

  it("passes objects of the values given, with the kinds that the chart brings and finds", async () => {
    const { objects, problems, advice } = await render(till({ drawers: 3 }));
    assert.deepEqual(problems, []);
    // Service, ConfigMap, ServiceMonitor, the definition and one of its kind.
    assert.equal(objects, 5);
    // Advice and no problem: a chart is others' work.
    assert.deepEqual(advice, ["Release market/till: Service till: Service Targets Pod"]);
    const settings = path.join(output, "out/1-market-till/rendered/till/templates/settings.yaml");
    assert.match(fs.readFileSync(settings, "utf8"), /drawers: "3"/);
  });

  it("names release, file, kind and name of each object that the API server refuses", async () => {
    const { problems } = await render(
      till({ extraSpec: { prots: [] } }),
      till({ drawers: "many" }, "other"),
      till({ endpoint: { prot: "http" } }, "third"),
      till({ drawers: null }, "fourth"),
    );
    const places = [
      "Release market/fourth: Error: execution error at (till/templates/settings.yaml:8:14): drawers has to be set",
      "Release market/till: till/templates/service.yaml: Service till: ",
      "Release market/other: till/templates/receipt.yaml: Receipt first: ",
      "Release market/third: till/templates/monitor.yaml: ServiceMonitor third: ",
    ];
    const reasons = [
      "",
      'unknown field "spec.prots"',
      "spec.sum in body must be of type integer",
      'unknown field "spec.endpoints[0].prot"',
    ];
    assert.equal(problems.length, places.length, problems.join("\n"));
    for (const [index, problem] of problems.entries()) {
      assert.ok(problem.startsWith(places[index] ?? "?"), problem);
      assert.ok(problem.includes(reasons[index] ?? "?"), problem);
    }
  });
});

describe("make charts-render", function () {
  this.timeout(60_000);

  const run = (...args: string[]) =>
    spawnSync("node", ["plan/charts/render-cli.ts", ...args], { cwd: root, encoding: "utf8" });

  it("ends with the usage and 2 without a folder of charts", () => {
    for (const args of [[], ["--charts", ""], ["--charts", path.join(output, "nowhere")]]) {
      const { status, stderr } = run(...args);
      assert.equal(status, 2);
      assert.match(
        stderr,
        /(is missing: name a folder, as in make charts-render|got no such folder)/,
      );
      assert.match(stderr, /Usage: node plan\/charts\/render-cli.ts/);
    }
  });

  it("names every chart that is not there, or is there without its templates", () => {
    const folder = path.join(output, "values-only");
    writeChart(path.join(folder, "loki"), { "Chart.yaml": "name: loki\n", "values.yaml": "{}\n" });
    const { status, stderr } = run("--charts", folder);
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^${Object.keys(CHARTS).length} charts cannot be rendered:`));
    assert.match(
      stderr,
      /^loki: got .*loki without a folder templates, expected the whole chart\./m,
    );
    assert.match(stderr, /^velero: got no .*velero\/Chart.yaml, expected the chart\./m);
  });

  it("names a chart of another version", () => {
    writeChart(path.join(charts, "packaged"), {
      "Chart.yaml": "name: packaged\nversion: 0.0.0\n",
      "templates/none.yaml": "",
    });
    const wanted = { chart: "till", version: "v1.2.4" };
    assert.deepEqual(unrenderableCharts([wanted, { ...wanted, chart: "packaged" }], charts), [
      "till: got version 1.2.3, expected v1.2.4. Unpack the pinned version.",
    ]);
    assert.deepEqual(unrenderableCharts([{ ...wanted, version: "v1.2.3" }], charts), []);
  });
});
