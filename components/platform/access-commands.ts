import { CHARTS } from "./charts.ts";
import { JAEGER_PORTS } from "./jaeger-config.ts";
import { GRAFANA_ADMIN } from "./monitoring-values.ts";
import type { PlatformSettings } from "./settings.ts";

/**
 * Commands by which a person reaches what is not on the internet: each forwards a port of the own machine
 * until it is stopped. No add-on of these is reached in another way.
 */
export function accessCommands({
  monitoring,
  tracing,
}: Pick<PlatformSettings, "monitoring" | "tracing">): Record<string, string> {
  if (!monitoring.enabled) return {};
  const { namespace, releaseName } = CHARTS.kubePrometheusStack;
  const forward = (service: string, port: number) =>
    `kubectl --namespace ${namespace} port-forward service/${service} ${port}:${port}`;
  const { secretName, passwordKey } = GRAFANA_ADMIN;
  return {
    grafana: forward("grafana", 3000),
    grafanaPassword:
      `kubectl --namespace ${namespace} get secret ${secretName} ` +
      `--output go-template='{{index .data "${passwordKey}" | base64decode}}'`,
    prometheus: forward("prometheus", 9090),
    alertmanager: forward(`${releaseName}-kube-prometheus-alertmanager`, 9093),
    ...(tracing.enabled ? { jaeger: forward(CHARTS.jaeger.releaseName, JAEGER_PORTS.query) } : {}),
  };
}
