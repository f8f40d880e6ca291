import type { PodPeer } from "../core/platform-capabilities.ts";
import { resourcesOf } from "./add-on-resources.ts";
import type { AddOnTraffic } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import { FLUENT_BIT_PORT, fluentBitConfig, STATE_FOLDER } from "./fluent-bit-config.ts";
import { LOKI_ADDRESS } from "./log-addresses.ts";
import type { LoggingSettings } from "./logging-settings.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";

/** Fluent Bit on every node. */
export const FLUENT_BIT_PODS: PodPeer = {
  namespaceLabels: { "kubernetes.io/metadata.name": CHARTS.fluentBit.namespace },
  podLabels: {
    "app.kubernetes.io/name": "fluent-bit",
    "app.kubernetes.io/instance": CHARTS.fluentBit.releaseName,
  },
};

/** Where a node keeps the output of its containers. */
const LOG_FOLDER = "/var/log";

/** Values of the chart: reads what containers print on every node, and hands it to Loki. */
export function fluentBitValues(settings: LoggingSettings, monitored: boolean): ChartValues {
  return {
    // On every node, whoever else is kept off it: what goes wrong there is what one wants to read.
    tolerations: [{ operator: "Exists" }],
    priorityClassName: PRIORITY_CLASSES.platform.name,
    resources: resourcesOf("logging", settings.resources).fluentBit,
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    securityContext: {
      // The files belong to root and are nobody else's to read; as their owner it needs no capability.
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    config: fluentBitConfig(),
    daemonSetVolumes: [
      { name: "logs", hostPath: { path: LOG_FOLDER } },
      // On the node, so that a new pod goes on where the last one stopped.
      { name: "state", hostPath: { path: STATE_FOLDER, type: "DirectoryOrCreate" } },
    ],
    daemonSetVolumeMounts: [
      { name: "logs", mountPath: LOG_FOLDER, readOnly: true },
      { name: "state", mountPath: STATE_FOLDER },
    ],
    // A quarter of the nodes at a time, not one after another.
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%" } },
    testFramework: { enabled: false },
    serviceMonitor: { enabled: monitored },
    prometheusRule: monitored ? { enabled: true, rules: LOG_ALERTS } : { enabled: false },
  };
}

/** Lines that do not arrive; docs/runbooks/logs-not-arriving.md says what to do. */
const LOG_ALERTS: readonly ChartValues[] = [
  {
    alert: "LogsNotArriving",
    expr: "sum by (pod) (rate(fluentbit_output_retries_total[10m])) > 0",
    for: "30m",
    labels: { severity: "warning" },
    annotations: {
      summary: "Fluent Bit cannot hand lines to Loki",
      description:
        "{{ $labels.pod }} has had to try again for half an hour. It keeps lines on its node, up to " +
        "a limit. See the pods of Loki in logging.",
    },
  },
];

/** Loki and nobody else; the API server tells it whose output a file is. */
export function fluentBitTraffic(loki: PodPeer): AddOnTraffic {
  return { metrics: [FLUENT_BIT_PORT], to: [{ pods: loki, ports: [LOKI_ADDRESS.port] }] };
}
