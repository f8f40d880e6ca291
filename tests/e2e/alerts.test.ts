import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { ruleSpec } from "../../components/workloads/system-monitoring.ts";
import { provideDebianPrograms } from "../../local/tools/debian-packages.ts";
import { alertRules } from "../../systems/kaizen-studio/alerts.ts";
import { RUNBOOKS } from "../support/workload-fixtures.ts";
import { readTree, runPlan, STACKS } from "../plan/run-plan.ts";
import { checkRules, testRule, type Series } from "../support/promtool.ts";
import { ALERT_CASES } from "./alert-cases.ts";
import { HEALTHY, NAMESPACE, type AlertCase } from "./alert-series.ts";
import { HEALTHY_BACKUPS } from "./backup-alert-cases.ts";

const SYSTEM = "kaizen-studio";
const RULES = alertRules({ namespace: NAMESPACE, backup: { overdueHours: 26 } });
const SPEC = ruleSpec({
  namespace: NAMESPACE,
  system: SYSTEM,
  rules: RULES,
  runbooks: RUNBOOKS,
});

/** The alert as it has to arrive, but for what the case itself says. */
function expected(alert: string, { labels, description }: NonNullable<AlertCase["fires"]>) {
  const rule = SPEC.groups.flatMap((group) => group.rules).find((one) => one.alert === alert);
  assert.ok(rule, `no rule is called ${alert}`);
  return {
    labels: { ...labels, ...rule.labels },
    annotations: { ...rule.annotations, description },
  };
}

/** The same series in another namespace. */
function elsewhere(series: Series): Series {
  return Object.fromEntries(
    Object.entries(series).map(([name, values]) => [
      name.replaceAll(`namespace="${NAMESPACE}"`, 'namespace="kaizen-studio-dev"'),
      values,
    ]),
  );
}

/** Alerts that no case sees fire, or none sees quiet. */
function unproven(alerts: readonly string[], cases: readonly AlertCase[]): string[] {
  return alerts.filter((alert) => {
    const own = cases.filter((one) => one.alert === alert);
    return !own.some(({ fires }) => fires) || !own.some(({ fires }) => fires === undefined);
  });
}

describe("alerts of Kaizen Studio, judged by promtool", () => {
  let promtool: string;

  before(async () => {
    ({ promtool } = await provideDebianPrograms([{ program: "promtool", package: "prometheus" }]));
  });

  it("are rules that Prometheus loads", () => {
    assert.equal(checkRules(promtool, SPEC), "");
  });

  for (const stack of STACKS) {
    it(`are rules that Prometheus loads, as ${stack} has them`, async () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-alerts-"));
      try {
        const { code, stderr } = await runPlan(["--stack", stack, "--out", folder]);
        assert.equal(code, 0, stderr);
        const rules = [...readTree(path.join(folder, stack, "manifests"))].filter(([file]) =>
          /\/PrometheusRule-kaizen-studio-/.test(file),
        );
        assert.equal(rules.length, 1);
        for (const [, text] of rules) {
          const { spec } = parse(text) as { spec: typeof SPEC };
          assert.deepEqual(
            spec.groups.flatMap((group) => group.rules.map(({ alert }) => alert)),
            RULES.map(({ alert }) => alert),
          );
          assert.equal(checkRules(promtool, spec), "");
        }
      } finally {
        fs.rmSync(folder, { recursive: true });
      }
    });
  }

  it("are seen firing and quiet, each of them", () => {
    const alerts = RULES.map(({ alert }) => alert);
    assert.deepEqual(unproven(alerts, ALERT_CASES), []);
    const some = ALERT_CASES.filter(({ alert, fires }) => alert !== "RedisDown" || !fires);
    assert.deepEqual(unproven(alerts, some), ["RedisDown"]);
    const strangers = ALERT_CASES.filter(({ alert }) => !alerts.includes(alert));
    assert.deepEqual(strangers, [], "a case of an alert that is gone proves nothing");
  });

  for (const { alert, when, series, at, fires } of ALERT_CASES) {
    it(`${alert} ${fires ? "fires" : "stays quiet"} when ${when}`, () => {
      const alerts = fires === undefined ? [] : [expected(alert, fires)];
      assert.equal(testRule(promtool, SPEC, { alert, series, at, fires: alerts }), "");
    });
  }

  it("do not speak of another environment", () => {
    for (const { alert, series, at, fires } of ALERT_CASES) {
      if (fires === undefined) continue;
      const both = { ...HEALTHY, ...HEALTHY_BACKUPS, ...elsewhere(series) };
      assert.equal(testRule(promtool, SPEC, { alert, series: both, at, fires: [] }), "", alert);
    }
  });

  it("would be caught firing without cause, and staying quiet with cause", () => {
    const [loud = assert.fail(), quiet = assert.fail()] = [true, false].map((wanted) =>
      ALERT_CASES.find(({ fires }) => (fires !== undefined) === wanted),
    );
    assert.match(testRule(promtool, SPEC, { ...loud, fires: [] }), /FAILED/);
    const alerts = [expected(loud.alert, loud.fires ?? assert.fail())];
    assert.match(testRule(promtool, SPEC, { ...quiet, fires: alerts }), /FAILED/);
    assert.match(
      checkRules(promtool, { groups: [{ name: "a", rules: [{ alert: "A", expr: "(" }] }] }),
      /parse error|could not parse/,
    );
  });
});
