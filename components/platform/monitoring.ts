import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { AlertSecrets, AlertSettings } from "./alert-settings.ts";
import { alertmanagerConfig } from "./alertmanager-config.ts";
import { CHARTS } from "./charts.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { GrafanaAdmin } from "./grafana-admin.ts";
import { helmAddon } from "./helm-addon.ts";
import {
  ALERTMANAGER_CONFIG,
  GRAFANA_LABELS,
  monitoringValues,
  PROMETHEUS_LABELS,
  type MonitoringValuesArgs,
} from "./monitoring-values.ts";
import { platformLabels } from "./platform-namespace.ts";

export interface MonitoringArgs extends MonitoringValuesArgs {
  /** Password of Grafana's administrator; generated when absent (D-77). */
  readonly grafanaAdminPassword?: pulumi.Output<string>;
  /** Who is told of alerts. */
  readonly alerts: AlertSettings;
  /** The ways to those. */
  readonly alertSecrets: AlertSecrets;
}

/**
 * kube-prometheus-stack: Prometheus, Alertmanager, Grafana and exporters, under the names that the
 * guides use (D-21). Needs `MonitoringCrds` first, and cert-manager where `certificates`.
 */
export class Monitoring extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: MonitoringArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:Monitoring", name, args, opts);
    const { grafanaAdminPassword: password, alerts, alertSecrets, ...valuesArgs } = args;
    const admin = new GrafanaAdmin(
      `${name}-grafana-admin`,
      password === undefined ? {} : { password },
      { parent: this, ...(opts?.dependsOn === undefined ? {} : { dependsOn: opts.dependsOn }) },
    );
    const alertmanager = new k8s.core.v1.Secret(
      `${name}-alertmanager-config`,
      alertmanagerSecret(alerts, alertSecrets),
      childOptions(this, opts),
    );
    this.release = helmAddon(
      `${name}-release`,
      {
        pin: CHARTS.kubePrometheusStack,
        values: monitoringValues(valuesArgs, admin.checksum),
        timeoutSeconds: 600,
      },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? []), admin.secret, alertmanager] },
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
 * The Secret with Alertmanager's configuration. No checksum: the operator watches it and has Alertmanager
 * read it again.
 */
export function alertmanagerSecret(
  alerts: AlertSettings,
  secrets: AlertSecrets,
): k8s.core.v1.SecretArgs {
  const { secretName, key } = ALERTMANAGER_CONFIG;
  const text = pulumi
    .secret(secrets)
    .apply((texts) => JSON.stringify(alertmanagerConfig(alerts, texts), undefined, 2));
  return {
    metadata: {
      name: secretName,
      namespace: CHARTS.kubePrometheusStack.namespace,
      labels: platformLabels("monitoring"),
    },
    data: { [key]: text.apply((plain) => Buffer.from(plain).toString("base64")) },
  };
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
