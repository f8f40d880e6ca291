import type { ObjectStore, StorageClasses } from "../core/cluster-handle.ts";
import type { WorkloadIdentity } from "../core/workload-identity.ts";
import { resourcesOf } from "./add-on-resources.ts";
import type { AddOnTraffic } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import { FLUENT_BIT_PODS } from "./fluent-bit.ts";
import { disruptionBudget, topologySpread } from "./high-availability.ts";
import type { LoggingSettings } from "./logging-settings.ts";
import { lokiStorageValues, lokiStore } from "./loki-storage.ts";
import { GRAFANA_PODS, LOKI_ADDRESS } from "./log-addresses.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { identityAnnotations } from "./workload-identity-values.ts";

/** Labels of Loki's pods. */
export const LOKI_LABELS = {
  "app.kubernetes.io/name": "loki",
  "app.kubernetes.io/instance": CHARTS.loki.releaseName,
  "app.kubernetes.io/component": "single-binary",
} as const;

export interface LokiValuesArgs {
  readonly settings: LoggingSettings;
  readonly storageClasses: StorageClasses;
  /** Whether the kinds ServiceMonitor and PrometheusRule are served. */
  readonly monitored: boolean;
  /** The cluster's object store for logs, and who Loki is to it; absent where the cluster has none. */
  readonly store?: { readonly place: ObjectStore; readonly identity: WorkloadIdentity };
}

/** How many replicas hold each line: three, of which two agree when one is lost, or one. */
export function replicationFactor(replicas: number): number {
  return replicas < 3 ? 1 : 3;
}

/** Replicas of Loki: one on a volume, which no two can share. */
export function lokiReplicas({ replicas }: LoggingSettings, store: object | undefined): number {
  return store === undefined ? 1 : replicas;
}

/**
 * Values of the chart in its mode Monolithic, which serves some tens of gigabytes a day with one kind of
 * pod. Without the gateway, which only tells tenants apart, and without caches, which want 9 GiB.
 */
export function lokiValues(args: LokiValuesArgs): ChartValues {
  const { settings, monitored, store } = args;
  const replicas = lokiReplicas(settings, store);
  return {
    deploymentMode: "Monolithic",
    defaults: {
      priorityClassName: PRIORITY_CLASSES.platform.name,
      // It asks the API server for nothing; clouds that know a pod by its token mount one of their own.
      automountServiceAccountToken: false,
    },
    loki: lokiConfig(args, replicas),
    ...(store === undefined
      ? {}
      : { serviceAccount: { annotations: identityAnnotations(store.identity) } }),
    singleBinary: singleBinary(args, replicas),
    // The other modes' parts; the chart refuses to make them and the single binary.
    backend: { replicas: 0 },
    read: { replicas: 0 },
    write: { replicas: 0 },
    gateway: { enabled: false },
    chunksCache: { enabled: false },
    resultsCache: { enabled: false },
    // Writes lines of its own on every node and reads them back; the test pod needs it.
    lokiCanary: { enabled: false },
    test: { enabled: false },
    // Nothing alerts on lines: Prometheus does that on metrics.
    ruler: { enabled: false },
    sidecar: { rules: { enabled: false } },
    monitoring: {
      serviceMonitor: { enabled: monitored },
      rules: { enabled: monitored },
      alerts: { enabled: monitored },
      dashboards: { enabled: monitored },
    },
  };
}

function lokiConfig({ settings, store }: LokiValuesArgs, replicas: number): ChartValues {
  return {
    // One tenant: who may see which lines is decided by who may use Grafana.
    auth_enabled: false,
    commonConfig: { replication_factor: replicationFactor(replicas) },
    ...lokiStorageValues(store?.place),
    // Without it lines are kept for ever, whatever the limit says.
    compactor: { retention_enabled: true, delete_request_store: lokiStore(store?.place) },
    // Where the chart merges what it has no key for into Loki's file.
    structuredConfig: {
      limits_config: { retention_period: `${settings.retentionDays * 24}h` },
    },
    analytics: { reporting_enabled: false },
    ...(store === undefined ? {} : { podLabels: { ...store.identity.podLabels } }),
  };
}

function singleBinary({ settings, storageClasses }: LokiValuesArgs, replicas: number): ChartValues {
  return {
    replicas,
    resources: resourcesOf("logging", settings.resources).loki,
    podDisruptionBudget: disruptionBudget(replicas),
    // The chart demands a node for each; a wish lets all of them run on the two nodes of a small cluster.
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } },
    topologySpreadConstraints: topologySpread(replicas, LOKI_LABELS),
    persistence: { size: settings.storage, storageClass: storageClasses.standard },
  };
}

/** Who brings lines, who asks for them, and the store with whoever tells it who a pod is. */
export function lokiTraffic({ networkPeers, objectStores }: PlatformCluster): AddOnTraffic {
  const ports = [LOKI_ADDRESS.port];
  const { objectStorage, identityEndpoint } = networkPeers;
  return {
    metrics: ports,
    from: [
      { pods: FLUENT_BIT_PODS, ports },
      { pods: GRAFANA_PODS, ports },
    ],
    addresses: objectStores.logs === undefined ? [] : [...objectStorage, ...identityEndpoint],
  };
}
