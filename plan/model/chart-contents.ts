import { at, numberAt, objectAt, textAt, type Json } from "./json.ts";
import type { HelmRelease } from "./kubernetes-object.ts";

/** Pods of one kind that a chart makes. */
export interface ChartPods {
  /** What the chart calls the part. */
  readonly part: string;
  /** A Deployment has more pods while it rolls; pods on every node have no number of their own. */
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
  readonly replicas: number;
  /** `requests` of each container; empty ones where the chart is given none. */
  readonly requests: readonly Json[];
}

/** What a chart brings that other objects refer to or compete with. */
export interface ChartContents {
  /** API groups whose definitions come with it. */
  readonly groups: readonly string[];
  readonly ingressClasses: readonly string[];
  readonly pods: readonly ChartPods[];
  /** Labels of pods that its controllers make in the namespaces of others. */
  readonly madePods: readonly Json[];
}

/** Reads {@link ChartContents} off the values, with the chart's own defaults where they are silent. */
type Reader = (values: Json) => ChartContents;

function requests(values: Json, ...keys: readonly string[]): Json {
  return objectAt(values, ...keys, "resources", "requests");
}

function count(values: Json, ...keys: readonly string[]): number {
  return numberAt(values, ...keys) ?? 1;
}

/** The kinds of the operator for Prometheus come with either of two charts. */
const MONITORING_GROUP = "monitoring.coreos.com";

const CHARTS: Readonly<Record<string, Reader>> = {
  "cert-manager": (values) => {
    const part = (name: string, ...keys: string[]): ChartPods => ({
      part: name,
      kind: "Deployment",
      replicas: count(values, ...keys, "replicaCount"),
      requests: [requests(values, ...keys)],
    });
    const crds = at(values, "crds", "enabled") === true;
    return {
      groups: crds ? ["cert-manager.io", "acme.cert-manager.io"] : [],
      ingressClasses: [],
      pods: [part("controller"), part("webhook", "webhook"), part("cainjector", "cainjector")],
      // They answer the challenge of an ACME authority, for a minute or so.
      madePods: [{ "acme.cert-manager.io/http01-solver": "true" }],
    };
  },
  "ingress-nginx": (values) => {
    const controller = objectAt(values, "controller");
    const scaled = at(controller, "autoscaling", "enabled") === true;
    const replicas = scaled
      ? count(controller, "autoscaling", "maxReplicas")
      : count(controller, "replicaCount");
    const name = textAt(controller, "ingressClassResource", "name") ?? "nginx";
    const enabled = at(controller, "ingressClassResource", "enabled") !== false;
    return {
      groups: [],
      ingressClasses: enabled ? [name] : [],
      pods: [
        { part: "controller", kind: "Deployment", replicas, requests: [requests(controller)] },
      ],
      madePods: [],
    };
  },
  "prometheus-operator-crds": () => ({
    groups: [MONITORING_GROUP],
    ingressClasses: [],
    pods: [],
    madePods: [],
  }),
  "kube-prometheus-stack": (values) => ({
    groups: at(values, "crds", "enabled") === false ? [] : [MONITORING_GROUP],
    ingressClasses: [],
    pods: monitoringPods(values),
    madePods: [],
  }),
};

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

/** What a release brings, or undefined for a chart that the plan does not know. */
export function chartContents({ chart, values }: HelmRelease): ChartContents | undefined {
  return CHARTS[chart]?.(values);
}
