import * as pulumi from "@pulumi/pulumi";
import type * as k8s from "@pulumi/kubernetes";
import { CHARTS } from "./charts.ts";
import type { ChildBearingOptions } from "../core/child-options.ts";
import { plainArgs } from "../core/plain-args.ts";
import { AddOnNamespace } from "./add-on-namespace.ts";
import type { AddOnTraffic, TrafficSurroundings } from "./add-on-traffic.ts";
import { helmAddon } from "./helm-addon.ts";
import { PROMETHEUS_ADAPTER_PORT } from "./webhook-ports.ts";

export interface MonitoringCrdsArgs {
  /** Whether prometheus-adapter answers the API server from here. */
  readonly servesCustomMetrics: boolean;
  /** Ports of services on the internet that are told of alerts. @default 443 */
  readonly alertPorts?: readonly number[];
  readonly surroundings: TrafficSurroundings;
}

/** Kubelets and exporters on the nodes' own addresses, which no policy can name as pods. */
const ON_NODES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((cidr) => ({
  cidr,
  ports: [10250, 9100].map((port) => ({ port, protocol: "TCP" as const })),
}));

/** It scrapes every pod, and alerts go to services on the internet. */
function monitoringTraffic(args: MonitoringCrdsArgs): AddOnTraffic {
  const { servesCustomMetrics, alertPorts = [443] } = args;
  return {
    webhooks: [10250, ...(servesCustomMetrics ? [PROMETHEUS_ADAPTER_PORT] : [])],
    everyPod: true,
    addresses: ON_NODES,
    internet: alertPorts,
  };
}

/**
 * The namespace of monitoring and the kinds that it serves (ServiceMonitor, PrometheusRule and
 * others). Apart from {@link Monitoring}, because the charts of other add-ons hold ServiceMonitors and
 * so come after the kinds, while monitoring itself comes after cert-manager, which signs its webhook's
 * certificate.
 */
export class MonitoringCrds extends pulumi.ComponentResource {
  readonly namespace: AddOnNamespace;
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: MonitoringCrdsArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:MonitoringCrds", name, plainArgs(args), opts);
    const pin = CHARTS.prometheusOperatorCrds;
    // Privileged: node-exporter reads the host's network, processes and files, which is its purpose
    // and which the baseline level forbids already.
    this.namespace = new AddOnNamespace(
      `${name}-home`,
      {
        namespace: pin.namespace,
        podSecurity: "privileged",
        traffic: monitoringTraffic(args),
        surroundings: args.surroundings,
      },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? [])] },
    );
    this.release = helmAddon(
      `${name}-release`,
      { pin, values: {} },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? []), this.namespace] },
    );
    this.registerOutputs({ namespace: pin.namespace });
  }
}
