import type { Series } from "../support/promtool.ts";

/** What one alert of Kaizen Studio does with series of its namespace. */
export interface AlertCase {
  readonly alert: string;
  readonly when: string;
  readonly series: Series;
  readonly at: string;
  /** What it says, in its own words and labels; absent where it must stay quiet. */
  readonly fires?: {
    readonly labels: Readonly<Record<string, string>>;
    readonly description: string;
  };
}

/** The namespace that the cases speak of. */
export const NAMESPACE = "kaizen-studio";

const series = (metric: string, labels: Readonly<Record<string, string>>) => {
  const all = { namespace: NAMESPACE, ...labels };
  const list = Object.entries(all).map(([key, value]) => `${key}="${value}"`);
  return `${metric}{${list.join(", ")}}`;
};

export const backend = (metric: string, labels: Readonly<Record<string, string>> = {}) =>
  series(metric, { job: "backend", pod: "backend-a", ...labels });
export const postgres = (metric: string, labels: Readonly<Record<string, string>> = {}) =>
  series(metric, { job: "postgres", pod: "postgres-0", ...labels });
export const redis = (metric: string) => series(metric, { job: "redis", pod: "redis-a" });

/** Requests in a minute that end well and that do not. */
export const requests = (good: number, bad: number, failure = "500"): Series => ({
  [backend("http_requests_total", { status: "200" })]: `0+${good}x20`,
  [backend("http_requests_total", { status: failure })]: `0+${bad}x20`,
});

/** Requests of a hundred in a minute that take up to half a second, a second, and two and a half. */
export const latency = (half: number, one: number, more: number): Series =>
  Object.fromEntries(
    Object.entries({ "0.5": half, "1.0": one, "2.5": more, "+Inf": 100 }).map(([le, count]) => [
      backend("http_request_duration_seconds_bucket", { le }),
      `0+${count}x20`,
    ]),
  );

/** Connections of two databases, of a hundred. */
export const connections = (first: number, second: number): Series => ({
  [postgres("pg_stat_database_numbackends", { datname: "kaizen_studio" })]: `${first}x20`,
  [postgres("pg_stat_database_numbackends", { datname: "postgres" })]: `${second}x20`,
  [postgres("pg_settings_max_connections")]: "100x20",
});

export const memory = (used: number, most: number): Series => ({
  [redis("redis_memory_used_bytes")]: `${used}x20`,
  [redis("redis_memory_max_bytes")]: `${most}x20`,
});

export const container = { pod: "backend-a", container: "backend" };
export const restarts = series("kube_pod_container_status_restarts_total", container);
export const looping = series("kube_pod_container_status_waiting_reason", {
  ...container,
  reason: "CrashLoopBackOff",
});
/** A pod's readiness, and the phase it is in. */
export const pod = (ready: string, phase: string): Series => ({
  [series("kube_pod_status_ready", { pod: "backend-a", condition: "true" })]: ready,
  ...Object.fromEntries(
    ["Pending", "Running", "Succeeded", "Failed", "Unknown"].map((one) => [
      series("kube_pod_status_phase", { pod: "backend-a", phase: one }),
      one === phase ? "1x20" : "0x20",
    ]),
  ),
});

export const volume = (used: number): Series => {
  const claim = { persistentvolumeclaim: "data-postgres-0" };
  return {
    [series("kubelet_volume_stats_used_bytes", claim)]: `${used}x20`,
    [series("kubelet_volume_stats_capacity_bytes", claim)]: "100x20",
  };
};

/** A certificate that is valid until so many days and an hour after the beginning of the test. */
export const certificate = (days: number): Series => {
  const labels = `exported_namespace="${NAMESPACE}", name="kaizen-studio-tls", job="cert-manager"`;
  const end = days * 86_400 + 3600;
  return {
    [`certmanager_certificate_expiration_timestamp_seconds{namespace="cert-manager", ${labels}}`]: `${end}x120`,
  };
};

/** Everything that some alert would miss, in good health. */
export const HEALTHY: Series = {
  [backend("up")]: "1x120",
  [postgres("pg_up")]: "1x120",
  [redis("redis_up")]: "1x120",
};
