import assert from "node:assert/strict";
import fc from "fast-check";
import { describeProblem } from "../../../components/core/problem.ts";
import {
  httpAlerts,
  namespaceAlerts,
  postgresAlerts,
  redisAlerts,
} from "../../../components/workloads/monitoring-alerts.ts";
import {
  checkAlertRules,
  seriesOf,
  type AlertRule,
  type AlertThresholds,
} from "../../../components/workloads/monitoring-rules.ts";

const AT_ONCE: AlertRule = {
  alert: "BackendGone",
  expr: 'up{namespace="studio"} == 0',
  severity: "critical",
  summary: "No pod of the backend answers",
  description: "Prometheus reaches none.",
};
const RULE: AlertRule = { ...AT_ONCE, alert: "BackendDown", for: "2m" };

const messages = (...rules: AlertRule[]) =>
  checkAlertRules(rules, "studio", "rules").map(describeProblem);

const allRules = (namespace: string, component: string, thresholds: AlertThresholds = {}) => [
  ...httpAlerts({ namespace, component }, thresholds),
  ...postgresAlerts({ namespace, component: `${component}-postgres` }, thresholds),
  ...redisAlerts({ namespace, component: `${component}-redis` }, thresholds),
  ...namespaceAlerts(namespace, thresholds),
];

describe("checkAlertRules", () => {
  it("accepts a rule, also without `for`", () => {
    assert.deepEqual(messages(RULE, AT_ONCE), []);
  });

  const refused: readonly (readonly [Partial<AlertRule>, string])[] = [
    [
      { alert: "backend-down" },
      'rules[0].alert: got "backend-down", expected letters and digits that begin with a capital. Name it like BackendDown.',
    ],
    [
      { expr: " " },
      'rules[0].expr: got " ", expected an expression of PromQL. Say when the alert fires.',
    ],
    [
      { expr: 'up{namespace="studio"} == 0 or absent(up{job="backend"})' },
      'rules[0].expr: got up{job="backend"}, expected namespace="studio" in every selector. Add it, or it speaks of other systems and environments too.',
    ],
    [
      { expr: "up == 0" },
      'rules[0].expr: got up == 0, expected namespace="studio" in every selector. Add it, or it speaks of other systems and environments too.',
    ],
    [
      { for: "2 min" },
      'rules[0].for: got "2 min", expected a number and a unit of ms, s, m, h, d or w. Write how long it must be so, such as 5m.',
    ],
    [
      { severity: "page" as "critical" },
      'rules[0].severity: got "page", expected critical or warning. Alertmanager routes by these two.',
    ],
    [
      { summary: "" },
      'rules[0].summary: got "", expected a sentence. Say what is wrong to somebody who has just been woken up.',
    ],
  ];
  for (const [change, message] of refused) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      assert.deepEqual(messages({ ...RULE, ...change }), [message]);
    });
  }

  it("refuses a name that comes twice", () => {
    assert.deepEqual(messages(RULE, RULE), [
      'rules[1].alert: got "BackendDown", expected each name once. Rename one of the two.',
    ]);
  });
});

describe("alerts of a part", () => {
  it("have the numbers of the guide and of the published manifests (K-27, D-60, E-34, D-89)", () => {
    const limits = allRules("studio", "backend").map(({ alert, expr, for: duration, severity }) => [
      alert,
      / ([<>=]+ [\d.]+)[^<>=]*$/.exec(expr.replace(/ or .*$/, ""))?.[1],
      duration,
      severity,
    ]);
    assert.deepEqual(limits, [
      ["BackendHighErrorRate", "> 0.05", "5m", "critical"],
      ["BackendHighLatency", "> 1", "5m", "warning"],
      ["BackendDown", "== 0", "2m", "critical"],
      ["BackendPostgresDown", "== 0", "1m", "critical"],
      ["BackendPostgresHighConnections", "> 0.8", "5m", "warning"],
      ["BackendRedisDown", "== 0", "1m", "critical"],
      ["BackendRedisHighMemory", "> 0.9", "5m", "warning"],
      ["PodCrashLooping", "> 3", undefined, "warning"],
      ["PodNotReady", "== 1", "5m", "warning"],
      ["VolumeFillingUp", "> 0.85", "5m", "warning"],
      ["CertificateExpiring", "< 14", "1h", "warning"],
    ]);
  });

  it("speak of one part: by namespace and job", () => {
    const scope = { namespace: "studio", component: "backend" };
    assert.equal(seriesOf(scope), '{namespace="studio", job="backend"}');
    assert.equal(seriesOf(scope, 'a="b"'), '{namespace="studio", job="backend", a="b"}');
  });

  it("take a system's own numbers", () => {
    const scope = { namespace: "studio", component: "api" };
    const [errors] = httpAlerts(scope, { errorRatio: 0.01, rateFor: "10m" });
    assert.match(errors?.expr ?? "", /> 0\.01$/);
    assert.match(errors?.description ?? "", /more than 1%\.$/);
    assert.equal(errors?.for, "10m");
  });

  it("pass their own check in any namespace, for any part", () => {
    const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
    fc.assert(
      fc.property(name, name, fc.double({ min: 0.001, max: 1, noNaN: true }), (ns, part, ratio) => {
        const rules = allRules(ns, part, { errorRatio: ratio, volumeRatio: ratio });
        assert.deepEqual(checkAlertRules(rules, ns, "rules"), []);
      }),
    );
  });
});
