import { at, type Json } from "../json.ts";
import { count, requests, type ChartPods, type ChartReader } from "./chart-contents.ts";
import { MONITORING_GROUP } from "./prometheus-operator-crds.ts";

/** kube-prometheus-stack brings its kinds unless another chart does. */
export const kubePrometheusStack: ChartReader = (values) => ({
  groups: at(values, "crds", "enabled") === false ? [] : [MONITORING_GROUP],
  ingressClasses: [],
  pods: monitoringPods(values),
  madePods: [],
});

function monitoringPods(values: Json): ChartPods[] {
  const on = (name: string) => at(values, name, "enabled") !== false;
  const reloader = requests(values, "prometheusOperator", "prometheusConfigReloader");
  const operated = (name: string): ChartPods => ({
    part: name,
    kind: "StatefulSet",
    replicas: count(values, name, `${name}Spec`, "replicas"),
    requests: [requests(values, name, `${name}Spec`), reloader],
  });
  const sidecar = requests(values, "grafana", "sidecar");
  const pods: Record<string, ChartPods> = {
    prometheus: operated("prometheus"),
    alertmanager: operated("alertmanager"),
    grafana: {
      part: "grafana",
      kind: "Deployment",
      replicas: count(values, "grafana", "replicas"),
      // One sidecar fetches dashboards and one data sources.
      requests: [requests(values, "grafana"), sidecar, sidecar],
    },
    prometheusOperator: {
      part: "operator",
      kind: "Deployment",
      replicas: 1,
      requests: [requests(values, "prometheusOperator")],
    },
    kubeStateMetrics: {
      part: "kube-state-metrics",
      kind: "Deployment",
      replicas: 1,
      requests: [requests(values, "kube-state-metrics")],
    },
    nodeExporter: {
      part: "node-exporter",
      kind: "DaemonSet",
      replicas: 0,
      requests: [requests(values, "prometheus-node-exporter")],
    },
  };
  return Object.entries(pods).flatMap(([key, part]) => (on(key) ? [part] : []));
}
