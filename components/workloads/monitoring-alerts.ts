import {
  ALERT_DEFAULTS,
  namespaceSeries,
  seriesOf,
  titleOf,
  type AlertRule,
  type AlertThresholds,
  type MetricScope,
} from "./monitoring-rules.ts";
import { withDefaults } from "../core/with-defaults.ts";

type Numbers = Required<AlertThresholds>;

function numbersOf(thresholds: AlertThresholds): Numbers {
  return withDefaults(ALERT_DEFAULTS as Numbers, thresholds);
}

/** 0.05 as `5%`. */
function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(2))}%`;
}

/**
 * Alerts on an HTTP application that exports `http_requests_total` with a `status` label (a code, or
 * its class as `5xx`) and the histogram `http_request_duration_seconds` (K-26, K-27, D-60, D-89).
 */
export function httpAlerts(scope: MetricScope, thresholds: AlertThresholds = {}): AlertRule[] {
  const numbers = numbersOf(thresholds);
  const { namespace, component } = scope;
  const title = titleOf(component);
  const by = "sum by (namespace, job)";
  const errors = `${by} (rate(http_requests_total${seriesOf(scope, 'status=~"5.."')}[5m]))`;
  const requests = `${by} (rate(http_requests_total${seriesOf(scope)}[5m]))`;
  const buckets = `rate(http_request_duration_seconds_bucket${seriesOf(scope)}[5m])`;
  return [
    {
      alert: `${title}HighErrorRate`,
      expr: `${errors} / ${requests} > ${numbers.errorRatio}`,
      for: numbers.rateFor,
      severity: "critical",
      summary: `Too many requests to ${component} fail`,
      description:
        `{{ $value | humanizePercentage }} of the requests to ${component} in ${namespace} ` +
        `end in a server error, more than ${percent(numbers.errorRatio)}.`,
    },
    {
      alert: `${title}HighLatency`,
      expr:
        `histogram_quantile(0.95, sum by (namespace, job, le) (${buckets}))` +
        ` > ${numbers.p95Seconds}`,
      for: numbers.rateFor,
      severity: "warning",
      summary: `Requests to ${component} take too long`,
      description:
        `5 of 100 requests to ${component} in ${namespace} take longer than ` +
        `{{ $value | humanizeDuration }}; ${numbers.p95Seconds} s is the limit.`,
    },
    {
      alert: `${title}Down`,
      expr: `sum by (namespace, job) (up${seriesOf(scope)}) == 0 or absent(up${seriesOf(scope)})`,
      for: numbers.applicationDownFor,
      severity: "critical",
      summary: `No pod of ${component} answers`,
      description:
        `Prometheus has reached no pod of ${component} in ${namespace} ` +
        `for ${numbers.applicationDownFor}.`,
    },
  ];
}

/** Alerts on a PostgreSQL beside which an exporter runs (K-27, D-59, E-34). */
export function postgresAlerts(scope: MetricScope, thresholds: AlertThresholds = {}): AlertRule[] {
  const numbers = numbersOf(thresholds);
  const { namespace, component } = scope;
  const used = `sum by (namespace, pod) (pg_stat_database_numbackends${seriesOf(scope)})`;
  const most = `max by (namespace, pod) (pg_settings_max_connections${seriesOf(scope)})`;
  return [
    downAlert("pg_up", "PostgreSQL", scope, numbers),
    {
      alert: `${titleOf(component)}HighConnections`,
      expr: `${used} / ${most} > ${numbers.connectionRatio}`,
      for: numbers.rateFor,
      severity: "warning",
      summary: `${component} runs out of connections`,
      description:
        `{{ $value | humanizePercentage }} of the connections of {{ $labels.pod }} in ` +
        `${namespace} are in use, more than ${percent(numbers.connectionRatio)}. ` +
        "At the limit it refuses every new one.",
    },
  ];
}

/** Alerts on a Redis beside which an exporter runs (K-27, D-59, E-34). */
export function redisAlerts(scope: MetricScope, thresholds: AlertThresholds = {}): AlertRule[] {
  const numbers = numbersOf(thresholds);
  const { namespace, component } = scope;
  // Without a limit (0) there is no ratio; the container's own limit is watched by the platform.
  const limit = `(redis_memory_max_bytes${seriesOf(scope)} > 0)`;
  return [
    downAlert("redis_up", "Redis", scope, numbers),
    {
      alert: `${titleOf(component)}HighMemory`,
      expr: `redis_memory_used_bytes${seriesOf(scope)} / ${limit} > ${numbers.memoryRatio}`,
      for: numbers.rateFor,
      severity: "warning",
      summary: `${component} runs out of memory`,
      description:
        `{{ $labels.pod }} in ${namespace} uses {{ $value | humanizePercentage }} of its memory, ` +
        `more than ${percent(numbers.memoryRatio)}. At the limit it drops keys or refuses writes, ` +
        "as its policy says.",
    },
  ];
}

/** The exporter says that the server is gone, or says nothing any more because the pod is gone. */
function downAlert(
  metric: "pg_up" | "redis_up",
  product: string,
  scope: MetricScope,
  { dataStoreDownFor }: Numbers,
): AlertRule {
  const series = `${metric}${seriesOf(scope)}`;
  return {
    alert: `${titleOf(scope.component)}Down`,
    expr: `${series} == 0 or absent(${series})`,
    for: dataStoreDownFor,
    severity: "critical",
    summary: `${product} does not answer`,
    description:
      `The exporter beside ${scope.component} in ${scope.namespace} has not reached it ` +
      `for ${dataStoreDownFor}, or is gone itself.`,
  };
}

/**
 * Alerts that every system needs, whatever it is made of (K-27, E-34, D-89): on what kube-state-metrics,
 * the kubelet and cert-manager tell about its namespace.
 */
export function namespaceAlerts(namespace: string, thresholds: AlertThresholds = {}): AlertRule[] {
  const numbers = numbersOf(thresholds);
  return [
    crashLoopAlert(namespace, numbers),
    notReadyAlert(namespace, numbers),
    volumeAlert(namespace, numbers),
    certificateAlert(namespace, numbers),
  ];
}

/**
 * Restarts come 5 minutes apart once a crash loop is old, too seldom to pass the number of a quarter of
 * an hour, so a container that has been in one for the last hour counts as well.
 */
function crashLoopAlert(namespace: string, { restarts }: Numbers): AlertRule {
  const counted = `kube_pod_container_status_restarts_total${namespaceSeries(namespace)}`;
  const looping = `kube_pod_container_status_waiting_reason${namespaceSeries(namespace, 'reason="CrashLoopBackOff"')}`;
  return {
    alert: "PodCrashLooping",
    expr:
      `increase(${counted}[15m]) > ${restarts} or (increase(${counted}[1h]) > ${restarts}` +
      ` and on (namespace, pod, container) max_over_time(${looping}[10m]) == 1)`,
    severity: "warning",
    summary: "A container restarts again and again",
    description:
      `Container {{ $labels.container }} of {{ $labels.pod }} in ${namespace} has restarted ` +
      `more than ${restarts} times in 15 minutes, or has been in a crash loop for the last hour.`,
  };
}

function notReadyAlert(namespace: string, { notReadyFor }: Numbers): AlertRule {
  const ready = `kube_pod_status_ready${namespaceSeries(namespace, 'condition="true"')}`;
  // Pods of finished jobs are never ready again and nobody wants them to be.
  const alive = `kube_pod_status_phase${namespaceSeries(namespace, 'phase=~"Pending|Running|Unknown"')}`;
  return {
    alert: "PodNotReady",
    expr: `${ready} == 0 and on (namespace, pod) (${alive} == 1)`,
    for: notReadyFor,
    severity: "warning",
    summary: "A pod does not become ready",
    description: `{{ $labels.pod }} in ${namespace} has not been ready for ${notReadyFor}.`,
  };
}

function volumeAlert(namespace: string, { volumeRatio, rateFor }: Numbers): AlertRule {
  const used = `kubelet_volume_stats_used_bytes${namespaceSeries(namespace)}`;
  const size = `kubelet_volume_stats_capacity_bytes${namespaceSeries(namespace)}`;
  const by = "max by (namespace, persistentvolumeclaim)";
  return {
    alert: "VolumeFillingUp",
    expr: `${by} (${used}) / ${by} (${size}) > ${volumeRatio}`,
    for: rateFor,
    severity: "warning",
    summary: "A volume is nearly full",
    description:
      `{{ $value | humanizePercentage }} of claim {{ $labels.persistentvolumeclaim }} in ` +
      `${namespace} are used, more than ${percent(volumeRatio)}.`,
  };
}

/** cert-manager is scraped in its own namespace, so that a certificate's is called exported_namespace. */
function certificateAlert(namespace: string, { certificateDays }: Numbers): AlertRule {
  const metric = "certmanager_certificate_expiration_timestamp_seconds";
  const days = `(${metric}{exported_namespace="${namespace}"} - time()) / 86400`;
  return {
    alert: "CertificateExpiring",
    expr: `${days} < ${certificateDays}`,
    for: "1h",
    severity: "warning",
    summary: "A certificate is not being renewed",
    description:
      `Certificate {{ $labels.name }} in ${namespace} is valid for {{ $value | humanize }} days ` +
      `only; it should have been renewed long before ${certificateDays}.`,
  };
}
