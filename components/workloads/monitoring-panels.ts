import type { DashboardPanel } from "./monitoring-dashboard.ts";
import { namespaceSeries, seriesOf, type MetricScope } from "./monitoring-rules.ts";

/** Shares of requests whose latency is drawn; alerts go by the second. */
const QUANTILES = [0.5, 0.95, 0.99];

/** Requests, latency and errors of an HTTP application (K-26). */
export function httpPanels(scope: MetricScope): DashboardPanel[] {
  const requests = `rate(http_requests_total${seriesOf(scope)}[5m])`;
  const errors = `rate(http_requests_total${seriesOf(scope, 'status=~"5.."')}[5m])`;
  const buckets = `rate(http_request_duration_seconds_bucket${seriesOf(scope)}[5m])`;
  return [
    {
      title: `${scope.component}: requests`,
      unit: "reqps",
      queries: [{ expr: `sum by (status) (${requests})`, legend: "{{status}}" }],
    },
    {
      title: `${scope.component}: latency`,
      unit: "s",
      queries: QUANTILES.map((quantile) => ({
        expr: `histogram_quantile(${quantile}, sum by (le) (${buckets}))`,
        legend: `P${Number((quantile * 100).toFixed(1))}`,
      })),
    },
    {
      title: `${scope.component}: errors`,
      unit: "percentunit",
      // Without a single error there is no series of errors; that is nought, not unknown.
      queries: [
        {
          expr: `(sum(${errors}) or vector(0)) / sum(${requests})`,
          legend: "share of requests",
        },
      ],
    },
  ];
}

/** Connections of a PostgreSQL (K-26). */
export function postgresPanels(scope: MetricScope): DashboardPanel[] {
  return [
    {
      title: `${scope.component}: connections`,
      unit: "short",
      queries: [
        {
          expr: `sum by (datname) (pg_stat_database_numbackends${seriesOf(scope)})`,
          legend: "{{datname}}",
        },
        { expr: `max(pg_settings_max_connections${seriesOf(scope)})`, legend: "limit" },
      ],
    },
  ];
}

/** Memory of a Redis (K-26). */
export function redisPanels(scope: MetricScope): DashboardPanel[] {
  return [
    {
      title: `${scope.component}: memory`,
      unit: "bytes",
      queries: [
        { expr: `redis_memory_used_bytes${seriesOf(scope)}`, legend: "{{pod}}" },
        { expr: `max(redis_memory_max_bytes${seriesOf(scope)})`, legend: "limit" },
      ],
    },
  ];
}

/** How long ago each backup succeeded last; `components` are those of the Backups (K-33). */
export function backupPanels(namespace: string, components: readonly string[]): DashboardPanel[] {
  const series = namespaceSeries(namespace, `cronjob=~"${components.join("|")}"`);
  return [
    {
      title: "Age of the last backup",
      unit: "s",
      queries: [
        {
          expr: `time() - max by (cronjob) (kube_cronjob_status_last_successful_time${series})`,
          legend: "{{cronjob}}",
        },
      ],
    },
  ];
}

/** What every system has: restarts of its pods, replicas of its autoscalers, its volumes. */
export function namespacePanels(namespace: string): DashboardPanel[] {
  const series = namespaceSeries(namespace);
  const volumes = "max by (persistentvolumeclaim)";
  return [
    {
      title: "Restarts within an hour",
      unit: "short",
      queries: [
        {
          expr: `sum by (pod) (increase(kube_pod_container_status_restarts_total${series}[1h]))`,
          legend: "{{pod}}",
        },
      ],
    },
    {
      title: "Replicas of autoscalers",
      unit: "short",
      queries: [
        {
          expr: `kube_horizontalpodautoscaler_status_current_replicas${series}`,
          legend: "{{horizontalpodautoscaler}}",
        },
        {
          expr: `kube_horizontalpodautoscaler_spec_max_replicas${series}`,
          legend: "{{horizontalpodautoscaler}}, at most",
        },
      ],
    },
    {
      title: "Use of volumes",
      unit: "percentunit",
      queries: [
        {
          expr:
            `${volumes} (kubelet_volume_stats_used_bytes${series})` +
            ` / ${volumes} (kubelet_volume_stats_capacity_bytes${series})`,
          legend: "{{persistentvolumeclaim}}",
        },
      ],
    },
  ];
}
