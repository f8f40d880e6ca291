import type { Guard } from "../core/guard.ts";
import type { Problem } from "../core/problem.ts";
import { ALERT_DEFAULTS, neededAlertSecrets, type AlertSecrets } from "./alert-settings.ts";
import type { MonitoringSettings } from "./settings.ts";

/** Problems of alerts that nobody hears. */
export function checkAlerts(monitoring: MonitoringSettings, guard: Guard): Problem[] {
  const { enabled, alerts = ALERT_DEFAULTS } = monitoring;
  if (guard === "relaxed" || !enabled) return [];
  const { slack, pagerDuty, webhook, email } = alerts;
  const floors = [slack, pagerDuty, webhook, email?.from ?? "none"];
  if (floors.some((floor) => floor !== "none")) return [];
  return [
    {
      path: "alerts",
      got: "no receiver",
      expected: "one at least, because slipway:guard is strict and alerts would be heard by nobody",
      remedy: "Set slack, pagerDuty or webhook to critical or lower, or write email.",
    },
  ];
}

/** Problems of receivers that are on and without the secret by which they are reached. */
export function checkAlertSecrets(args: {
  readonly monitoring: MonitoringSettings;
  readonly alertSecrets?: AlertSecrets;
}): Problem[] {
  const { monitoring, alertSecrets = {} } = args;
  if (!monitoring.enabled) return [];
  return neededAlertSecrets(monitoring.alerts ?? ALERT_DEFAULTS)
    .filter((name) => alertSecrets[name] === undefined)
    .map((name) => ({
      path: `alertSecrets.${name}`,
      expected: "a secret, because its receiver is on",
      remedy: "Give it, or turn the receiver off.",
    }));
}
