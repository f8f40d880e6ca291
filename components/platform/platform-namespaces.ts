import { CHARTS } from "./charts.ts";
import { neededControllers } from "./cluster-controllers.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import type { PlatformSettings } from "./settings.ts";

/** Namespaces that the add-ons of a stack bring, in the order of the settings. */
export function platformNamespaces(
  settings: PlatformSettings & {
    readonly cluster: Pick<PlatformCluster, "builtIn" | "needs" | "controllers" | "dns">;
  },
): string[] {
  const { certManager, ingressNginx, monitoring, verticalPodAutoscaler, cluster } = settings;
  const { velero, postgresOperator, externalSecrets } = settings;
  const installsVpa = verticalPodAutoscaler.enabled && !cluster.builtIn.verticalPodAutoscaler;
  const { clusterAutoscaler, loadBalancerController } = neededControllers(settings, cluster);
  const installsDns = settings.externalDns.enabled && cluster.dns !== undefined;
  return [
    ...(certManager.enabled ? [CHARTS.certManager.namespace] : []),
    ...(ingressNginx.enabled ? [CHARTS.ingressNginx.namespace] : []),
    ...(settings.envoyGateway.enabled ? [CHARTS.envoyGateway.namespace] : []),
    ...(monitoring.enabled ? [CHARTS.kubePrometheusStack.namespace] : []),
    ...(installsVpa ? [CHARTS.verticalPodAutoscaler.namespace] : []),
    ...(clusterAutoscaler === undefined ? [] : [CHARTS.clusterAutoscaler.namespace]),
    ...(loadBalancerController === undefined ? [] : [CHARTS.loadBalancerController.namespace]),
    ...(installsDns ? [CHARTS.externalDns.namespace] : []),
    ...(velero.enabled ? [CHARTS.velero.namespace] : []),
    ...(postgresOperator.enabled ? [CHARTS.postgresOperator.namespace] : []),
    ...(externalSecrets.enabled ? [CHARTS.externalSecrets.namespace] : []),
    ...(settings.logging.enabled ? [CHARTS.loki.namespace, CHARTS.fluentBit.namespace] : []),
  ];
}
