import type { AlertFloor, AlertSecretTexts, AlertSettings } from "./alert-settings.ts";
import { alertReceivers, type AlertReceiver } from "./alert-receivers.ts";

/** Where alerts go that nobody wants to hear. */
const NOBODY = "null";

const DEAD_MANS_SWITCH = "dead-mans-switch";

/** The alert of kube-prometheus-stack that always fires. */
const ALWAYS_FIRING = 'alertname = "Watchdog"';

/** An alert of the same chart that is there to silence others, see the rules below. */
const SILENCER = 'alertname = "InfoInhibitor"';

/** How alerts become notifications; what a change does is seen with the next group of alerts. */
export const ALERT_TIMING = {
  /** One message for all pods of a Deployment that fail, and not one each. */
  groupBy: ["namespace", "alertname"],
  /** How long the first message of a group waits for company. */
  groupWait: "30s",
  /** How long what joins a group waits at least, after a message. */
  groupInterval: "5m",
  /** How soon one is reminded of what still fires. */
  repeatInterval: "4h",
  /** A service that waits for a sign of life has to get one more often than it complains. */
  signOfLifeInterval: "1m",
} as const;

/** Alertmanager's configuration, as it reads it: JSON is YAML. */
export function alertmanagerConfig(alerts: AlertSettings, secrets: AlertSecretTexts): object {
  const receivers = alertReceivers(alerts, secrets);
  const { deadMansSwitchUrl } = secrets;
  const hasSwitch = alerts.deadMansSwitch && deadMansSwitchUrl !== undefined;
  return {
    global: { resolve_timeout: "5m" },
    route: {
      receiver: NOBODY,
      group_by: ALERT_TIMING.groupBy,
      group_wait: ALERT_TIMING.groupWait,
      group_interval: ALERT_TIMING.groupInterval,
      repeat_interval: ALERT_TIMING.repeatInterval,
      routes: [
        hasSwitch ? signOfLife() : { receiver: NOBODY, matchers: [ALWAYS_FIRING] },
        { receiver: NOBODY, matchers: [SILENCER] },
        // Each is asked for itself, so that one alert can go to several.
        ...receivers.map(({ name, from }) => ({
          receiver: name,
          matchers: [severityMatcher(from)],
          continue: true,
        })),
      ],
    },
    inhibit_rules: INHIBIT_RULES,
    receivers: [
      { name: NOBODY },
      ...receivers.map(({ name, config }) => ({ name, ...config })),
      ...(hasSwitch
        ? [
            {
              name: DEAD_MANS_SWITCH,
              webhook_configs: [{ url: deadMansSwitchUrl, send_resolved: false }],
            },
          ]
        : []),
    ],
  };
}

function signOfLife() {
  return {
    receiver: DEAD_MANS_SWITCH,
    matchers: [ALWAYS_FIRING],
    group_wait: "0s",
    group_interval: ALERT_TIMING.signOfLifeInterval,
    repeat_interval: ALERT_TIMING.signOfLifeInterval,
  };
}

/** Alerts whose severity nobody set are heard from `warning` on: rather one too many than one unheard. */
function severityMatcher(from: AlertReceiver["from"]): string {
  const matchers: Readonly<Record<Exclude<AlertFloor, "none">, string>> = {
    critical: 'severity = "critical"',
    warning: 'severity !~ "info|none"',
    info: 'severity != "none"',
  };
  return matchers[from];
}

/** What is already said by a worse alert about the same thing, or is news only beside another alert. */
const INHIBIT_RULES = [
  {
    source_matchers: ['severity = "critical"'],
    target_matchers: ['severity =~ "warning|info"'],
    equal: ["namespace", "alertname"],
  },
  {
    source_matchers: ['severity = "warning"'],
    target_matchers: ['severity = "info"'],
    equal: ["namespace", "alertname"],
  },
  // The chart fires the silencer in a namespace while nothing but `info` fires there.
  { source_matchers: [SILENCER], target_matchers: ['severity = "info"'], equal: ["namespace"] },
] as const;
