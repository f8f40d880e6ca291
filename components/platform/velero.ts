import type { ObjectStore } from "../core/cluster-handle.ts";
import type { WorkloadIdentity } from "../core/workload-identity.ts";
import { resourcesOf } from "./add-on-resources.ts";
import type { AddOnTraffic } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { veleroAlerts } from "./velero-alerts.ts";
import type { VeleroSettings } from "./velero-settings.ts";
import { VELERO_PLUGINS, veleroStorage } from "./velero-storage.ts";
import { identityAnnotations } from "./workload-identity-values.ts";

/** Its ServiceAccount, by which the cloud knows it. */
export const VELERO_ACCOUNT = "velero";

export interface VeleroValuesArgs {
  readonly settings: VeleroSettings;
  readonly store: ObjectStore;
  readonly identity: WorkloadIdentity;
  /** Whether the kinds ServiceMonitor and PrometheusRule are served. */
  readonly monitored: boolean;
}

/** Any user but root would do; the one of the plugins' images. */
const USER_ID = 65532;

const CONFINED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
} as const;

/**
 * Values of the chart: the server alone. Volumes are saved by snapshots; the agent that would read their
 * files runs as root on every node. One replica, which is all that the chart has.
 */
export function veleroValues(args: VeleroValuesArgs): ChartValues {
  const { settings, store, identity, monitored } = args;
  const resources = resourcesOf("velero", settings.resources);
  return {
    // The definitions lie in the chart's crds folder; docs/runbooks/upgrade-definitions.md upgrades them.
    upgradeCRDs: false,
    priorityClassName: PRIORITY_CLASSES.platform.name,
    podSecurityContext: {
      runAsNonRoot: true,
      runAsUser: USER_ID,
      runAsGroup: USER_ID,
      fsGroup: USER_ID,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: CONFINED,
    resources: resources.server,
    podLabels: { ...identity.podLabels },
    serviceAccount: {
      server: { name: VELERO_ACCOUNT, annotations: identityAnnotations(identity) },
    },
    // Whom the cloud takes it for, it is told by its ServiceAccount.
    credentials: { useSecret: false },
    initContainers: [
      {
        name: "plugin",
        image: VELERO_PLUGINS[store.api].image,
        imagePullPolicy: "IfNotPresent",
        resources: resources.plugin,
        securityContext: CONFINED,
        volumeMounts: [{ mountPath: "/target", name: "plugins" }],
      },
    ],
    ...veleroStorage(store),
    schedules: { cluster: clusterSchedule(settings) },
    metrics: {
      serviceMonitor: { enabled: monitored, autodetect: false },
      prometheusRule: monitored
        ? { enabled: true, autodetect: false, spec: veleroAlerts(settings.schedule) }
        : { enabled: false, autodetect: false },
    },
  };
}

/** Everything in the cluster, events apart, which are old news when they come back. */
function clusterSchedule({ schedule, keepDays }: VeleroSettings): ChartValues {
  return {
    disabled: false,
    schedule,
    // A backup stays when the release goes, and its schedule with it.
    useOwnerReferencesInBackup: false,
    template: {
      ttl: `${keepDays * 24}h0m0s`,
      storageLocation: "default",
      includedNamespaces: ["*"],
      excludedResources: ["events", "events.events.k8s.io"],
      snapshotVolumes: true,
    },
  };
}

/** The store, whoever tells it who a pod is, and whoever reads its metrics. */
export function veleroTraffic({ networkPeers }: PlatformCluster): AddOnTraffic {
  return {
    metrics: [8085],
    addresses: [...networkPeers.objectStorage, ...networkPeers.identityEndpoint],
  };
}
