import { CHARTS } from "./charts.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import type { PlatformSettings } from "./settings.ts";

/** Namespaces that the add-ons of a stack bring, in the order of the settings. */
export function platformNamespaces(
  settings: PlatformSettings & { readonly cluster: Pick<PlatformCluster, "builtIn"> },
): string[] {
  const { certManager, ingressNginx, monitoring, verticalPodAutoscaler, cluster } = settings;
  const installsVpa = verticalPodAutoscaler.enabled && !cluster.builtIn.verticalPodAutoscaler;
  return [
    ...(certManager.enabled ? [CHARTS.certManager.namespace] : []),
    ...(ingressNginx.enabled ? [CHARTS.ingressNginx.namespace] : []),
    ...(monitoring.enabled ? [CHARTS.kubePrometheusStack.namespace] : []),
    ...(installsVpa ? [CHARTS.verticalPodAutoscaler.namespace] : []),
  ];
}
