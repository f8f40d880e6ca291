import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CHARTS } from "./charts.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { GrafanaAdmin } from "./grafana-admin.ts";
import { helmAddon } from "./helm-addon.ts";
import {
  GRAFANA_LABELS,
  monitoringValues,
  PROMETHEUS_LABELS,
  type MonitoringValuesArgs,
} from "./monitoring-values.ts";
import { platformLabels } from "./platform-namespace.ts";

export interface MonitoringArgs extends MonitoringValuesArgs {
  /** Password of Grafana's administrator; generated when absent (D-77). */
  readonly grafanaAdminPassword?: pulumi.Output<string>;
}

/**
 * kube-prometheus-stack: Prometheus, Alertmanager, Grafana and exporters, under the names that the
 * guides use (D-21). Needs `MonitoringCrds` first, and cert-manager where `certificates`.
 */
export class Monitoring extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: MonitoringArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:Monitoring", name, args, opts);
    const { grafanaAdminPassword: password, ...valuesArgs } = args;
    const admin = new GrafanaAdmin(
      `${name}-grafana-admin`,
      password === undefined ? {} : { password },
      { parent: this, ...(opts?.dependsOn === undefined ? {} : { dependsOn: opts.dependsOn }) },
    );
    this.release = helmAddon(
      `${name}-release`,
      {
        pin: CHARTS.kubePrometheusStack,
        values: monitoringValues(valuesArgs, admin.checksum),
        timeoutSeconds: 600,
      },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? []), admin.secret] },
    );
    for (const [alias, spec] of Object.entries(aliasServices())) {
      new k8s.core.v1.Service(
        `${name}-alias-${alias}`,
        spec,
        childOptions(this, opts, [this.release]),
      );
    }
    this.registerOutputs({ namespace: CHARTS.kubePrometheusStack.namespace });
  }
}

/**
 * Services under the short names and ports that some guides forward to (D-21, B-57, M-26). They select
 * the pods themselves: a Service that is only another name for a Service cannot be forwarded to.
 */
export function aliasServices(): Record<"prometheus" | "grafana", k8s.core.v1.ServiceArgs> {
  const alias = (name: string, port: number, selector: Record<string, string>) => ({
    metadata: {
      name,
      namespace: CHARTS.kubePrometheusStack.namespace,
      labels: platformLabels("monitoring"),
      // Helm has waited for these pods already, in the release that this depends on.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: { selector, ports: [{ name: "http", port, targetPort: port }] },
  });
  return {
    prometheus: alias("prometheus", 9090, PROMETHEUS_LABELS),
    grafana: alias("grafana", 3000, GRAFANA_LABELS),
  };
}
