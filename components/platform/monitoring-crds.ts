import * as pulumi from "@pulumi/pulumi";
import type * as k8s from "@pulumi/kubernetes";
import { CHARTS } from "./charts.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { helmAddon } from "./helm-addon.ts";
import { platformNamespace } from "./platform-namespace.ts";

/**
 * The namespace of monitoring and the kinds that it serves (ServiceMonitor, PrometheusRule and
 * others). Apart from {@link Monitoring}, because the charts of other add-ons hold ServiceMonitors and
 * so come after the kinds, while monitoring itself comes after cert-manager, which signs its webhook's
 * certificate.
 */
export class MonitoringCrds extends pulumi.ComponentResource {
  readonly namespace: k8s.core.v1.Namespace;
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, opts?: ChildBearingOptions) {
    super("slipway:platform:MonitoringCrds", name, {}, opts);
    const pin = CHARTS.prometheusOperatorCrds;
    // Privileged: node-exporter reads the host's network, processes and files, which is its purpose
    // and which the baseline level forbids already.
    this.namespace = platformNamespace(
      `${name}-namespace`,
      pin.namespace,
      "privileged",
      childOptions(this, opts),
    );
    this.release = helmAddon(
      `${name}-release`,
      { pin, values: {} },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? []), this.namespace] },
    );
    this.registerOutputs({ namespace: pin.namespace });
  }
}
