import assert from "node:assert/strict";
import { SystemMonitoring, type ChildBearingOptions } from "../../../components/workloads/index.ts";
import { runbookPage } from "../../../components/workloads/system-monitoring.ts";
import { byName, byType } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { monitoringArgs } from "../../support/monitoring-fixtures.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const ARGS = monitoringArgs("studio");

function recordMonitoring(
  changes: Partial<typeof ARGS> & { readonly monitored?: boolean; readonly waits?: boolean } = {},
) {
  const { monitored = true, waits = false, ...args } = changes;
  return recordOn(({ providers, earlier }) => {
    const { monitors } = fullCapabilities(earlier);
    const opts: ChildBearingOptions = { providers, ...(waits ? { dependsOn: [earlier] } : {}) };
    new SystemMonitoring(
      "studio",
      { ...ARGS, ...args, monitors: monitored ? monitors : undefined },
      opts,
    );
  });
}

describe("SystemMonitoring", () => {
  it("makes a PrometheusRule and a dashboard", async () => {
    assert.deepEqual(outline(await recordMonitoring()), [
      "ConfigMap studio-dashboard",
      "PrometheusRule studio-rules",
      "SystemMonitoring studio",
    ]);
  });

  it("makes nothing where nothing reads them", async () => {
    const recording = await recordMonitoring({ monitored: false });
    assert.deepEqual(outline(recording), ["SystemMonitoring studio"]);
  });

  it("labels each alert with who it is about and links its runbook", async () => {
    const rules = byName(await recordMonitoring(), "studio-rules");
    assert.equal(rules.type, "kubernetes:monitoring.coreos.com/v1:PrometheusRule");
    assert.deepEqual(rules.inputs["spec"], {
      groups: [
        {
          name: "studio",
          interval: "1m",
          rules: [
            {
              alert: "BackendDown",
              expr: 'up{namespace="studio"} == 0',
              for: "2m",
              labels: { severity: "critical", system: "kaizen-studio", namespace: "studio" },
              annotations: {
                summary: "No pod of the backend answers",
                description: "Prometheus reaches none.",
                runbook_url: "https://runbooks.test/slipway/kaizen-studio-backend-down.md",
              },
            },
          ],
        },
      ],
    });
  });

  it("leaves `for` out of a rule that fires at once", async () => {
    const [{ alert, expr, severity, summary, description } = assert.fail()] = ARGS.rules;
    const rule = { alert, expr, severity, summary, description };
    const rules = byName(await recordMonitoring({ rules: [rule] }), "studio-rules");
    assert.doesNotMatch(JSON.stringify(rules.inputs), /"for"/);
  });

  it("has the rules wait for their operator, and both for the namespace", async () => {
    const recording = await recordMonitoring();
    assert.deepEqual(dependencyNames(byName(recording, "studio-rules")), ["test-earlier"]);
    assert.deepEqual(dependencyNames(byName(recording, "studio-dashboard")), []);
    const waiting = await recordMonitoring({ waits: true });
    assert.deepEqual(dependencyNames(byName(waiting, "studio-dashboard")), ["test-earlier"]);
  });

  it("puts the dashboard where Grafana finds it, in a file that no other namespace has", async () => {
    const [map] = byType(await recordMonitoring(), "kubernetes:core/v1:ConfigMap").filter(
      ({ name }) => name === "studio-dashboard",
    );
    assert.deepEqual(map?.inputs["metadata"], {
      namespace: "studio",
      name: "kaizen-studio-dashboard",
      labels: {
        "app.kubernetes.io/name": "kaizen-studio",
        "app.kubernetes.io/component": "monitoring",
        "app.kubernetes.io/managed-by": "slipway",
        grafana_dashboard: "1",
      },
    });
    assert.deepEqual(Object.keys(map.inputs["data"] as object), ["studio.json"]);
  });

  it("names every problem at once", async () => {
    const [rule = assert.fail()] = ARGS.rules;
    const rules = [{ ...rule, alert: "down" }];
    await assert.rejects(recordMonitoring({ rules, runbooks: "http://wiki/" }), (error: Error) => {
      assert.match(
        error.message,
        /rules\[0\]\.alert: got "down", expected letters and digits that begin with a capital\. Name it like BackendDown\./,
      );
      assert.match(
        error.message,
        /runbooks: got "http:\/\/wiki\/", expected an https address without a slash at its end\. Name the folder in which whoever is on call reads the runbooks\./,
      );
      return true;
    });
  });
});

describe("runbookPage", () => {
  for (const [alert, page] of [
    ["BackendDown", "kaizen-studio-backend-down.md"],
    ["PodCrashLooping", "kaizen-studio-pod-crash-looping.md"],
    ["P95High", "kaizen-studio-p95-high.md"],
  ] as const) {
    it(`calls the page of ${alert} ${page}`, () => {
      assert.equal(runbookPage("kaizen-studio", alert), page);
    });
  }
});
