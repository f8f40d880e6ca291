import type { Guard } from "../core/guard.ts";
import type { Problem } from "../core/problem.ts";
import { resourcesOf } from "./add-on-resources.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import { disruptionBudget, topologySpread } from "./high-availability.ts";
import type { MetricsServerSettings } from "./settings.ts";

/** Values of the chart. `monitored`: whether the kind ServiceMonitor is served. */
export function metricsServerValues(
  settings: MetricsServerSettings,
  monitored: boolean,
): ChartValues {
  const { replicas, kubeletInsecureTls } = settings;
  return {
    replicas,
    // Kubelets of kind and minikube have certificates that nobody signed.
    args: kubeletInsecureTls ? ["--kubelet-insecure-tls"] : [],
    resources: resourcesOf("metricsServer", settings.resources).server,
    podDisruptionBudget: disruptionBudget(replicas),
    topologySpreadConstraints: topologySpread(replicas, {
      "app.kubernetes.io/name": "metrics-server",
      "app.kubernetes.io/instance": CHARTS.metricsServer.releaseName,
    }),
    metrics: { enabled: monitored },
    serviceMonitor: { enabled: monitored },
  };
}

/** Problems of a metrics-server that believes whoever answers at a node's address. */
export function checkMetricsServer(settings: MetricsServerSettings, guard: Guard): Problem[] {
  if (!settings.enabled || !settings.kubeletInsecureTls || guard === "relaxed") return [];
  return [
    {
      path: "kubeletInsecureTls",
      got: "true",
      expected: "false, because slipway:guard is strict",
      remedy: "Give the kubelets certificates that the cluster signs (serverTLSBootstrap).",
    },
  ];
}
