import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ALERT_DEFAULTS,
  alertPorts,
  neededAlertSecrets,
  type AlertFloor,
  type AlertSettings,
} from "../../../components/platform/alert-settings.ts";
import { alertmanagerConfig } from "../../../components/platform/alertmanager-config.ts";
import { checkAlerts, checkAlertSecrets } from "../../../components/platform/check-alerts.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import { ALERT_SECRET_TEXTS, EVERY_RECEIVER, OPEN_EMAIL } from "../../support/alert-samples.ts";

interface Route {
  readonly receiver: string;
  readonly matchers: readonly string[];
  readonly continue?: boolean;
  readonly repeat_interval?: string;
}

interface Config {
  readonly route: { readonly receiver: string; readonly group_by: string[]; routes: Route[] };
  readonly receivers: readonly Record<string, unknown>[];
}

const configOf = (alerts: AlertSettings) =>
  alertmanagerConfig(alerts, ALERT_SECRET_TEXTS) as Config;

const WATCHDOG = 'alertname = "Watchdog"';
const INHIBITOR = 'alertname = "InfoInhibitor"';

describe("alertmanagerConfig", () => {
  it("tells nobody where nobody is named, and drops what always fires", () => {
    const { route, receivers } = configOf(ALERT_DEFAULTS);
    assert.equal(route.receiver, "null");
    assert.deepEqual(route.routes, [
      { receiver: "null", matchers: [WATCHDOG] },
      { receiver: "null", matchers: [INHIBITOR] },
    ]);
    assert.deepEqual(receivers, [{ name: "null" }]);
  });

  it("asks every receiver for itself, by the least that it hears, after what nobody hears", () => {
    const { route } = configOf(EVERY_RECEIVER);
    assert.deepEqual(route.routes, [
      {
        receiver: "dead-mans-switch",
        matchers: [WATCHDOG],
        group_wait: "0s",
        group_interval: "1m",
        repeat_interval: "1m",
      },
      { receiver: "null", matchers: [INHIBITOR] },
      { receiver: "slack", matchers: ['severity !~ "info|none"'], continue: true },
      { receiver: "pagerduty", matchers: ['severity = "critical"'], continue: true },
      { receiver: "webhook", matchers: ['severity != "none"'], continue: true },
      { receiver: "email", matchers: ['severity != "none"'], continue: true },
    ]);
    assert.deepEqual(route.group_by, ["namespace", "alertname"]);
  });

  it("gives each receiver its secret and nobody else's", () => {
    const { receivers } = configOf(EVERY_RECEIVER);
    const place = {
      slack: ["slack_configs", "api_url", ALERT_SECRET_TEXTS.slackUrl],
      pagerduty: ["pagerduty_configs", "routing_key", ALERT_SECRET_TEXTS.pagerDutyKey],
      webhook: ["webhook_configs", "url", ALERT_SECRET_TEXTS.webhookUrl],
      email: ["email_configs", "auth_password", ALERT_SECRET_TEXTS.emailPassword],
      "dead-mans-switch": ["webhook_configs", "url", ALERT_SECRET_TEXTS.deadMansSwitchUrl],
    } as const;
    assert.deepEqual(
      receivers.map(({ name }) => name),
      ["null", ...Object.keys(place)],
    );
    for (const [name, [list, key, secret]] of Object.entries(place)) {
      const receiver = receivers.find((one) => one["name"] === name);
      const [config] = receiver?.[list] as Record<string, unknown>[];
      assert.equal(config?.[key], secret, name);
      const others = Object.values(ALERT_SECRET_TEXTS).filter((text) => text !== secret);
      for (const other of others) assert.ok(!JSON.stringify(receiver).includes(other), name);
    }
  });

  it("sends e-mail without a name where the server asks for none, always encrypted", () => {
    const email = (settings: AlertSettings) => {
      const receiver = configOf(settings).receivers.find(({ name }) => name === "email");
      return (receiver?.["email_configs"] as Record<string, unknown>[])[0];
    };
    const named = email(EVERY_RECEIVER);
    assert.equal(named?.["smarthost"], "mail.studio.test:587");
    assert.equal(named["require_tls"], true);
    assert.equal(named["auth_username"], "alerts");
    const open = email({ ...ALERT_DEFAULTS, email: OPEN_EMAIL });
    assert.equal(open?.["smarthost"], "mail.studio.test:465");
    // On 465 the connection is encrypted already, and asking for it again would fail.
    assert.equal(open["require_tls"], false);
    assert.ok(!("auth_username" in open) && !("auth_password" in open));
  });

  const floor = fc.constantFrom<AlertFloor>("critical", "warning", "info", "none");
  const settings = fc.record({
    slack: floor,
    pagerDuty: floor,
    webhook: floor,
    email: floor.map((from) => ({ ...EVERY_RECEIVER.email, from })),
    deadMansSwitch: fc.boolean(),
  });

  it("names in its routes every receiver that there is, and no other", () => {
    fc.assert(
      fc.property(settings, (alerts) => {
        const { route, receivers } = configOf(alerts);
        const routed = new Set([route, ...route.routes].map(({ receiver }) => receiver));
        assert.deepEqual([...routed].toSorted(), receivers.map(({ name }) => name).toSorted());
      }),
    );
  });

  it("needs exactly the secrets that end up in it", () => {
    fc.assert(
      fc.property(settings, (alerts) => {
        const text = JSON.stringify(configOf(alerts));
        const used = Object.entries(ALERT_SECRET_TEXTS)
          .filter(([, secret]) => text.includes(JSON.stringify(secret)))
          .map(([name]) => name);
        assert.deepEqual(neededAlertSecrets(alerts).toSorted(), used.toSorted());
      }),
    );
  });
});

describe("alertPorts", () => {
  it("are those of https, and of the mail server where it is asked", () => {
    assert.deepEqual(alertPorts(ALERT_DEFAULTS), [443]);
    assert.deepEqual(alertPorts(EVERY_RECEIVER), [443, 587]);
    const silent = { ...OPEN_EMAIL, from: "none" } as const;
    assert.deepEqual(alertPorts({ ...ALERT_DEFAULTS, email: silent }), [443]);
  });
});

describe("checks of alerts", () => {
  const monitoring = (alerts?: AlertSettings, enabled = true) => ({
    enabled,
    replicas: 2,
    retentionDays: 1,
    prometheusStorage: "1Gi",
    ...(alerts === undefined ? {} : { alerts }),
  });

  it("refuse under strict an alert that nobody hears, whatever the switch", () => {
    for (const alerts of [undefined, { ...ALERT_DEFAULTS, deadMansSwitch: true }]) {
      assert.deepEqual(checkAlerts(monitoring(alerts), "strict").map(describeProblem), [
        "alerts: got no receiver, expected one at least, because slipway:guard is strict and alerts " +
          "would be heard by nobody. Set slack, pagerDuty or webhook to critical or lower, or write email.",
      ]);
    }
  });

  const heard: AlertSettings[] = [
    { ...ALERT_DEFAULTS, slack: "critical" },
    { ...ALERT_DEFAULTS, pagerDuty: "critical" },
    { ...ALERT_DEFAULTS, webhook: "info" },
    { ...ALERT_DEFAULTS, email: OPEN_EMAIL },
  ];
  it("allow it with any one receiver, under relaxed, and without monitoring", () => {
    for (const alerts of heard) {
      assert.deepEqual(checkAlerts(monitoring(alerts), "strict"), [], JSON.stringify(alerts));
    }
    assert.deepEqual(checkAlerts(monitoring(), "relaxed"), []);
    assert.deepEqual(checkAlerts(monitoring(undefined, false), "strict"), []);
  });

  it("refuse a receiver that is on and cannot be reached", () => {
    const args = { monitoring: monitoring({ ...ALERT_DEFAULTS, slack: "warning" }) };
    assert.deepEqual(checkAlertSecrets(args).map(describeProblem), [
      "alertSecrets.slackUrl: expected a secret, because its receiver is on. Give it, or turn the " +
        "receiver off.",
    ]);
    assert.deepEqual(checkAlertSecrets({ monitoring: monitoring(EVERY_RECEIVER, false) }), []);
  });
});
