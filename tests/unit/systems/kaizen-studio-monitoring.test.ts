import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {
  dashboardJson,
  checkDashboard,
  DATA_SOURCE,
} from "../../../components/workloads/monitoring-dashboard.ts";
import { checkAlertRules, selectorsIn } from "../../../components/workloads/monitoring-rules.ts";
import { runbookPage } from "../../../components/workloads/system-monitoring.ts";
import { alertRules } from "../../../systems/kaizen-studio/alerts.ts";
import { dashboard } from "../../../systems/kaizen-studio/dashboard.ts";

const NAMESPACE = "kaizen-studio";
const RULES = alertRules({ namespace: NAMESPACE, backup: { overdueHours: 26 } });
const DASHBOARD = dashboard(NAMESPACE);
const FOLDER = path.resolve(import.meta.dirname, "../../../docs/runbooks");

/** Metrics that some exporter of the stack exports and that only graphs show. */
const GRAPHS_ONLY = [
  "kube_horizontalpodautoscaler_status_current_replicas",
  "kube_horizontalpodautoscaler_spec_max_replicas",
];

const metricsIn = (exprs: readonly string[]) =>
  new Set(exprs.flatMap(selectorsIn).map((selector) => selector.split("{")[0] ?? ""));
const inRules = metricsIn(RULES.map(({ expr }) => expr));
const inGraphs = metricsIn(
  DASHBOARD.panels.flatMap(({ queries }) => queries.map(({ expr }) => expr)),
);

describe("alerts of Kaizen Studio", () => {
  it("are the guide's six, those of the manifests and the usual rest (K-27, E-34, D-89)", () => {
    assert.deepEqual(
      RULES.map(({ alert }) => alert),
      [
        "BackendHighErrorRate",
        "BackendHighLatency",
        "BackendDown",
        "PostgresDown",
        "PostgresHighConnections",
        "RedisDown",
        "RedisHighMemory",
        "PostgresBackupFailed",
        "PostgresBackupOverdue",
        "RedisBackupFailed",
        "RedisBackupOverdue",
        "PodCrashLooping",
        "PodNotReady",
        "VolumeFillingUp",
        "CertificateExpiring",
      ],
    );
    assert.deepEqual(checkAlertRules(RULES, NAMESPACE, "rules"), []);
  });

  it("have a runbook each, under its heading, and no runbook is left over", () => {
    const pages = fs.readdirSync(FOLDER).filter((file) => /^kaizen-studio-/.test(file));
    const own = pages.filter((page) => /^# \w+ of Kaizen Studio$/m.test(read(page)));
    assert.deepEqual(
      own.toSorted(),
      RULES.map(({ alert }) => runbookPage(NAMESPACE, alert)).toSorted(),
    );
    for (const { alert } of RULES) {
      const text = read(runbookPage(NAMESPACE, alert));
      assert.ok(text.startsWith(`# ${alert} of Kaizen Studio\n`), alert);
      for (const heading of ["## Look", "## Mend", "## Afterwards"]) {
        assert.ok(text.includes(`\n${heading}\n`), `${alert}: ${heading}`);
      }
    }
  });

  function read(page: string): string {
    return fs.readFileSync(path.join(FOLDER, page), "utf8");
  }
});

describe("dashboard of Kaizen Studio", () => {
  it("shows the guide's metrics (K-26), restarts and replicas", () => {
    for (const metric of [
      "http_requests_total",
      "http_request_duration_seconds_bucket",
      "pg_stat_database_numbackends",
      "redis_memory_used_bytes",
      "kube_cronjob_status_last_successful_time",
      "kube_pod_container_status_restarts_total",
      "kube_horizontalpodautoscaler_status_current_replicas",
    ]) {
      assert.ok(inGraphs.has(metric), metric);
    }
  });

  it("asks for no metric that neither an alert uses nor an exporter is known to have", () => {
    const known = new Set([...inRules, ...GRAPHS_ONLY]);
    assert.deepEqual(
      [...inGraphs].filter((metric) => !known.has(metric)),
      [],
    );
    assert.deepEqual(
      GRAPHS_ONLY.filter((metric) => !inGraphs.has(metric)),
      [],
    );
  });

  it("speaks of its namespace alone, and of the data source that there is", () => {
    assert.deepEqual(checkDashboard(DASHBOARD, NAMESPACE, "dashboard"), []);
    const text = dashboardJson(DASHBOARD, NAMESPACE);
    const uids = new Set(
      [...text.matchAll(/"datasource": \{\s+"type": "(\w+)",\s+"uid": "(\w+)"/g)].map(
        ([, type, uid]) => `${type ?? ""} ${uid ?? ""}`,
      ),
    );
    assert.deepEqual([...uids], [`${DATA_SOURCE.type} ${DATA_SOURCE.uid}`]);
    assert.equal(DATA_SOURCE.uid, "prometheus");
  });

  it("is the same in every run, and another one in another environment", () => {
    const once = dashboardJson(DASHBOARD, NAMESPACE);
    assert.equal(dashboardJson(dashboard(NAMESPACE), NAMESPACE), once);
    assert.doesNotMatch(
      dashboardJson(dashboard("kaizen-studio-dev"), "kaizen-studio-dev"),
      /namespace=\\"kaizen-studio\\"/,
    );
  });
});
