import type * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, StorageClasses } from "../core/cluster-handle.ts";
import { parseMemory } from "../core/quantity.ts";
import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import { CHARTS } from "./charts.ts";
import type { ChartValues } from "./chart-values.ts";
import { disruptionBudget, topologySpread } from "./high-availability.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { WEBHOOK_ANNOTATIONS } from "./webhook-annotations.ts";

const { namespace: NAMESPACE, releaseName: RELEASE_NAME } = CHARTS.kubePrometheusStack;

/** Start of the names that the chart makes: release and chart, cut to 26 characters (D-21). */
const FULL_NAME = "prometheus-kube-prometheus";

/** Where Prometheus answers inside the cluster (D-21). */
export const PROMETHEUS_URL = {
  host: `${FULL_NAME}-prometheus.${NAMESPACE}.svc`,
  port: 9090,
} as const;

/** Labels of the pods that the operator makes for the chart's Prometheus. */
export const PROMETHEUS_LABELS = {
  "app.kubernetes.io/name": "prometheus",
  "operator.prometheus.io/name": `${FULL_NAME}-prometheus`,
} as const;

/** Labels of Grafana's pods. */
export const GRAFANA_LABELS = {
  "app.kubernetes.io/name": "grafana",
  "app.kubernetes.io/instance": RELEASE_NAME,
} as const;

/** The Secret that holds the credentials of Grafana's administrator. */
export const GRAFANA_ADMIN = {
  secretName: "grafana-admin",
  userKey: "admin-user",
  passwordKey: "admin-password",
} as const;

/** The Secret that holds Alertmanager's configuration, under the key that the operator reads. */
export const ALERTMANAGER_CONFIG = {
  secretName: "alertmanager-config",
  key: "alertmanager.yaml",
} as const;

export interface MonitoringValuesArgs {
  /** Replicas of Prometheus and of Alertmanager, 1 to 5. */
  readonly replicas: number;
  /** How long Prometheus keeps samples, in days, 1 to 365; less where the volume fills up first. */
  readonly retentionDays: number;
  /** Size of each Prometheus volume, such as `50Gi`. A claim can grow and never shrink. */
  readonly prometheusStorage: string;
  readonly storageClasses: StorageClasses;
  /** Control-plane parts to scrape; rules and dashboards of the others are left out with them. */
  readonly scrapable: ClusterHandle["scrapable"];
  /**
   * Whether cert-manager signs the certificate of the operator's webhook and renews it; then the
   * release depends on cert-manager. Without it, Jobs of the chart make one at each install.
   */
  readonly certificates: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

const PRIORITY = { priorityClassName: PRIORITY_CLASSES.platform.name } as const;

export const MONITORING_DEFAULTS = {
  /** Silences and the log of notifications only. */
  alertmanagerStorage: "2Gi",
  /** Part of the volume that samples may fill; the log that is written ahead needs the rest. */
  usableStorage: 0.85,
} as const;

/** Values of the chart. `adminChecksum` rolls Grafana when its credentials change. */
export function monitoringValues(
  args: MonitoringValuesArgs,
  adminChecksum: pulumi.Output<string>,
): ChartValues {
  const { scrapable } = args;
  const resources = resourcesOf("monitoring", args.resources);
  return {
    // The chart for definitions brings them; see the table of charts.
    crds: { enabled: false },
    kubeControllerManager: { enabled: scrapable.controllerManager },
    kubeScheduler: { enabled: scrapable.scheduler },
    kubeEtcd: { enabled: scrapable.etcd },
    kubeProxy: { enabled: scrapable.proxy },
    coreDns: { enabled: scrapable.coreDns },
    kubeDns: { enabled: scrapable.kubeDns },
    // Here and not in kube-system: the operator makes this Service itself, and nobody deletes it but
    // the end of the namespace.
    kubelet: { namespace: NAMESPACE },
    prometheusOperator: {
      kubeletService: { namespace: NAMESPACE },
      admissionWebhooks: {
        certManager: { enabled: args.certificates },
        patch: { resources: resources.webhookJob },
        mutatingWebhookConfiguration: { annotations: WEBHOOK_ANNOTATIONS },
        validatingWebhookConfiguration: { annotations: WEBHOOK_ANNOTATIONS },
      },
      resources: resources.operator,
      ...PRIORITY,
      prometheusConfigReloader: { resources: resources.configReloader },
    },
    prometheus: prometheusValues(args),
    alertmanager: alertmanagerValues(args),
    grafana: grafanaValues(args, adminChecksum),
    "kube-state-metrics": { resources: resources.stateMetrics, ...PRIORITY },
    // On every node, and first of all: what happens while a node fills up is what one wants to see.
    "prometheus-node-exporter": { resources: resources.nodeExporter, ...PRIORITY },
  };
}

function prometheusValues(args: MonitoringValuesArgs): ChartValues {
  const { replicas, retentionDays, prometheusStorage, storageClasses } = args;
  return {
    podDisruptionBudget: disruptionBudget(replicas),
    prometheusSpec: {
      replicas,
      retention: `${retentionDays}d`,
      retentionSize: retentionSize(prometheusStorage),
      // By default the chart has Prometheus read the objects of its own release and no others.
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
      resources: resourcesOf("monitoring", args.resources).prometheus,
      ...PRIORITY,
      topologySpreadConstraints: topologySpread(replicas, PROMETHEUS_LABELS),
      storageSpec: claimTemplate(storageClasses.fastSsd, prometheusStorage),
    },
  };
}

function alertmanagerValues(args: MonitoringValuesArgs): ChartValues {
  const { replicas, storageClasses } = args;
  const { alertmanagerStorage } = MONITORING_DEFAULTS;
  return {
    podDisruptionBudget: disruptionBudget(replicas),
    alertmanagerSpec: {
      replicas,
      // Ours, because what the chart would make of values lies in clear in the record of the release.
      useExistingSecret: true,
      configSecret: ALERTMANAGER_CONFIG.secretName,
      resources: resourcesOf("monitoring", args.resources).alertmanager,
      ...PRIORITY,
      topologySpreadConstraints: topologySpread(replicas, {
        "app.kubernetes.io/name": "alertmanager",
        alertmanager: `${FULL_NAME}-alertmanager`,
      }),
      storage: claimTemplate(storageClasses.standard, alertmanagerStorage),
    },
  };
}

/**
 * One Grafana without a volume: what it shows is made of ConfigMaps, so that nothing is lost with the
 * pod, and two of them would need a database in common.
 */
function grafanaValues(
  args: MonitoringValuesArgs,
  adminChecksum: pulumi.Output<string>,
): ChartValues {
  const resources = resourcesOf("monitoring", args.resources);
  const { secretName, userKey, passwordKey } = GRAFANA_ADMIN;
  return {
    admin: { existingSecret: secretName, userKey, passwordKey },
    podAnnotations: { "checksum/grafana-admin": adminChecksum },
    resources: resources.grafana,
    ...PRIORITY,
    sidecar: { resources: resources.grafanaSidecar },
    // It runs as root to hand a volume to Grafana, and there is no volume.
    initChownData: { enabled: false },
    testFramework: { enabled: false },
  };
}

function claimTemplate(storageClassName: string, storage: string): ChartValues {
  return {
    volumeClaimTemplate: {
      spec: {
        storageClassName,
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage } },
      },
    },
  };
}

/** What Prometheus may fill of a volume before it drops the oldest samples, in its own units. */
function retentionSize(storage: string): string {
  const bytes = (parseMemory(storage) ?? 0) * MONITORING_DEFAULTS.usableStorage;
  return `${Math.floor(bytes / 2 ** 20)}MiB`;
}
