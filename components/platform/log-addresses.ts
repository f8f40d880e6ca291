import type { PodPeer } from "../core/platform-capabilities.ts";
import { CHARTS } from "./charts.ts";
import { GRAFANA_LABELS } from "./monitoring-values.ts";

/** Where Loki takes lines and answers questions. */
export const LOKI_ADDRESS = {
  host: `${CHARTS.loki.releaseName}.${CHARTS.loki.namespace}.svc`,
  port: 3100,
} as const;

/** Grafana, which asks it. */
export const GRAFANA_PODS: PodPeer = {
  namespaceLabels: { "kubernetes.io/metadata.name": CHARTS.kubePrometheusStack.namespace },
  podLabels: GRAFANA_LABELS,
};
