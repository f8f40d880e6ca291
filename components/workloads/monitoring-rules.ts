import type { Problem } from "../core/problem.ts";

/** One alert of a system: when it fires and what whoever is woken by it needs to know. */
export interface AlertRule {
  /** Name of the alert, such as `BackendDown`. Silences and routes go by it. */
  readonly alert: string;
  /** PromQL; whatever it returns is wrong. Every series in it is of the system's own namespace. */
  readonly expr: string;
  /** How long it must be so, such as `5m`. @default fires at once */
  readonly for?: string;
  /** Critical wakes somebody; a warning waits for the morning. */
  readonly severity: "critical" | "warning";
  /** One line without detail, for lists. */
  readonly summary: string;
  /** What it means, with what was measured. */
  readonly description: string;
}

/** Where an alert looks: one part of one system in one environment. */
export interface MetricScope {
  readonly namespace: string;
  /** The component label of what is scraped, which ServiceMonitors make the job (see service-monitor). */
  readonly component: string;
}

/** Numbers of all alerts, wherever a system does not state its own. */
export const ALERT_DEFAULTS = {
  /** Share of requests that end in a 5xx, 0 to 1 (K-27). */
  errorRatio: 0.05,
  /** What 95 of 100 requests stay below, in seconds (K-27). */
  p95Seconds: 1,
  /** How long a rate must be bad (D-60, E-34). */
  rateFor: "5m",
  /** How long an application may be gone (K-27). */
  applicationDownFor: "2m",
  /** How long a data store may be gone (K-27). */
  dataStoreDownFor: "1m",
  /** Restarts of one container in 15 minutes that are still no alert (D-60). */
  restarts: 3,
  /** How long a pod may take to become ready (E-34). */
  notReadyFor: "5m",
  /** Share of a database's connections that may be in use, 0 to 1 (E-34). */
  connectionRatio: 0.8,
  /** Share of Redis' memory limit that may be in use, 0 to 1 (E-34). */
  memoryRatio: 0.9,
  /** Share of a volume that may be full, 0 to 1 (D-89). */
  volumeRatio: 0.85,
  /**
   * Days that a certificate must still be valid (D-89). cert-manager renews with a third of the time
   * left, 30 of 90 days, so at 14 it has been failing for two weeks.
   */
  certificateDays: 14,
  /** Hours without a backup: a day, and the two that a run may take (E-34). */
  backupHours: 26,
} as const;

/** Thresholds that a system may set for itself. */
export type AlertThresholds = {
  readonly [Key in keyof typeof ALERT_DEFAULTS]?: (typeof ALERT_DEFAULTS)[Key] extends number
    ? number
    : string;
};

/** `backend` as the beginning of an alert's name: `Backend`. */
export function titleOf(component: string): string {
  return component
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** The label selector of one part's own series. */
export function seriesOf({ namespace, component }: MetricScope, more = ""): string {
  return `{namespace="${namespace}", job="${component}"${more === "" ? "" : `, ${more}`}}`;
}

/** The label selector of what the cluster tells about a namespace. */
export function namespaceSeries(namespace: string, more = ""): string {
  return `{namespace="${namespace}"${more === "" ? "" : `, ${more}`}}`;
}

const DURATION = /^(\d+(ms|s|m|h|d|w))+$/;

/** Everything wrong with the rules of a namespace that their types cannot say. */
export function checkAlertRules(
  rules: readonly AlertRule[],
  namespace: string,
  path: string,
): Problem[] {
  return rules.flatMap((rule, index) => [
    ...checkName(rule, rules.slice(0, index), `${path}[${index}].alert`),
    ...checkExpr(rule.expr, namespace, `${path}[${index}].expr`),
    ...checkFor(rule.for, `${path}[${index}].for`),
    ...checkSeverity(rule.severity, `${path}[${index}].severity`),
    ...(["summary", "description"] as const)
      .filter((key) => rule[key].trim() === "")
      .map((key) => ({
        path: `${path}[${index}].${key}`,
        got: JSON.stringify(rule[key]),
        expected: "a sentence",
        remedy: "Say what is wrong to somebody who has just been woken up.",
      })),
  ]);
}

function checkName({ alert }: AlertRule, earlier: readonly AlertRule[], path: string): Problem[] {
  const got = JSON.stringify(alert);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(alert)) {
    const expected = "letters and digits that begin with a capital";
    return [{ path, got, expected, remedy: "Name it like BackendDown." }];
  }
  if (!earlier.some((other) => other.alert === alert)) return [];
  return [{ path, got, expected: "each name once", remedy: "Rename one of the two." }];
}

/** Problems of an expression that is to speak of one namespace only. */
export function checkExpr(expr: string, namespace: string, path: string): Problem[] {
  if (expr.trim() === "") {
    const expected = "an expression of PromQL";
    return [{ path, got: JSON.stringify(expr), expected, remedy: "Say when the alert fires." }];
  }
  const selectors = selectorsIn(expr);
  const strayed = selectors.find((one) => !one.includes(`namespace="${namespace}"`));
  if (strayed === undefined && selectors.length > 0) return [];
  return [
    {
      path,
      got: strayed ?? expr,
      expected: `namespace="${namespace}" in every selector`,
      remedy: "Add it, or it speaks of other systems and environments too.",
    },
  ];
}

/** The label selectors of an expression, each with its metric's name. */
export function selectorsIn(expr: string): string[] {
  return [...expr.matchAll(/[a-zA-Z_:][\w:]*\{[^}]*\}/g)].map(([selector]) => selector);
}

function checkFor(duration: string | undefined, path: string): Problem[] {
  if (duration === undefined || DURATION.test(duration)) return [];
  const remedy = "Write how long it must be so, such as 5m.";
  const expected = "a number and a unit of ms, s, m, h, d or w";
  return [{ path, got: JSON.stringify(duration), expected, remedy }];
}

function checkSeverity(severity: string, path: string): Problem[] {
  if (["critical", "warning"].includes(severity)) return [];
  const remedy = "Alertmanager routes by these two.";
  return [{ path, got: JSON.stringify(severity), expected: "critical or warning", remedy }];
}
