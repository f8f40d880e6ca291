import type * as k8s from "@pulumi/kubernetes";
import { platformLabels } from "./platform-namespace.ts";

export interface PodMonitorArgs {
  readonly name: string;
  /** Of the monitor and of the pods. */
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** Where the pods show metrics, on their port `metrics`. */
  readonly path: string;
}

/** A PodMonitor, for pods of a chart that brings no monitor itself. */
export function podMonitor(args: PodMonitorArgs): k8s.apiextensions.CustomResourceArgs {
  const { name, namespace, podLabels, path } = args;
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name, namespace, labels: platformLabels(name) },
    spec: {
      selector: { matchLabels: { ...podLabels } },
      podMetricsEndpoints: [{ port: "metrics", path }],
    },
  };
}
