import { at, objectAt, textAt } from "../json-access.ts";
import type { Json, JsonObject } from "../../property-values.ts";
import type { Manifest } from "../manifest.ts";
import { fullName } from "./chart-names.ts";
import type { ReleaseSpec } from "./release-inputs.ts";

/** Where a chart carries its custom resource definitions, which decides what becomes of them. */
export interface ChartDefinitions {
  /**
   * `crds`: installed once, never upgraded, never deleted, left out by `skipCrds`.
   * `templates`: upgraded and deleted with the release.
   */
  readonly place: "crds" | "templates";
  /** Whether these values bring them. */
  enabled(values: JsonObject): boolean;
  /** Whether they stay when the release goes (`helm.sh/resource-policy: keep`). */
  kept(values: JsonObject): boolean;
}

/** What the stand-in knows of a chart: what others rely on, without pods. */
export interface StandInChart {
  readonly definitions?: ChartDefinitions;
  objects(release: ReleaseSpec): Manifest[];
}

interface Port {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
}

/** A value that is on unless it is switched off. */
function isOn(values: JsonObject, ...path: readonly string[]): boolean {
  return at(values, ...path) !== false;
}

function service(
  release: ReleaseSpec,
  name: string,
  selector: Readonly<Record<string, string>>,
  ports: readonly Port[],
  extra: { readonly spec?: JsonObject; readonly annotations?: JsonObject } = {},
): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      namespace: textAt(release.values, "namespaceOverride") ?? release.namespace,
      ...(extra.annotations === undefined ? {} : { annotations: extra.annotations }),
    },
    spec: {
      ...extra.spec,
      selector: { ...selector },
      ports: ports.map((port) => ({ ...port, protocol: "TCP" })),
    },
  };
}

function certManagerObjects(release: ReleaseSpec): Manifest[] {
  const name = fullName(release.name, "cert-manager", textAt(release.values, "fullnameOverride"));
  const labels = (component: string, part: string) => ({
    "app.kubernetes.io/name": part,
    "app.kubernetes.io/instance": release.name,
    "app.kubernetes.io/component": component,
  });
  const metrics = { name: "http-metrics", port: 9402, targetPort: "http-metrics" };
  const controller = labels("controller", "cert-manager");
  const webhook = labels("webhook", "webhook");
  const https = { name: "https", port: 443, targetPort: "https" };
  const measured = isOn(release.values, "prometheus", "enabled");
  return [
    ...(measured ? [service(release, name, controller, [metrics])] : []),
    service(release, `${name}-webhook`, webhook, measured ? [https, metrics] : [https]),
  ];
}

function ingressNginxObjects(release: ReleaseSpec): Manifest[] {
  const controller = objectAt(release.values, "controller");
  const base = fullName(release.name, "ingress-nginx", textAt(release.values, "fullnameOverride"));
  const name = `${base}-${textAt(controller, "name") ?? "controller"}`;
  const selector = {
    "app.kubernetes.io/name": "ingress-nginx",
    "app.kubernetes.io/instance": release.name,
    "app.kubernetes.io/component": "controller",
  };
  const settings = objectAt(controller, "service");
  const type = textAt(settings, "type") ?? "LoadBalancer";
  const policy = textAt(settings, "externalTrafficPolicy") ?? "";
  const front = service(
    release,
    name,
    selector,
    [
      { name: "http", port: 80, targetPort: "http" },
      { name: "https", port: 443, targetPort: "https" },
    ],
    {
      spec: { type, ...(policy === "" ? {} : { externalTrafficPolicy: policy }) },
      annotations: objectAt(settings, "annotations"),
    },
  );
  const admission = service(release, `${name}-admission`, selector, [
    { name: "https-webhook", port: 443, targetPort: "webhook" },
  ]);
  const metrics = service(release, `${name}-metrics`, selector, [
    { name: "metrics", port: 10254, targetPort: "metrics" },
  ]);
  return [
    front,
    ...(isOn(controller, "admissionWebhooks", "enabled") ? [admission] : []),
    ...(at(controller, "metrics", "enabled") === true ? [metrics] : []),
    ...ingressClass(controller),
  ];
}

function ingressClass(controller: JsonObject): Manifest[] {
  const settings = objectAt(controller, "ingressClassResource");
  if (!isOn(settings, "enabled")) return [];
  const isDefault = settings["default"] === true;
  const annotations = { "ingressclass.kubernetes.io/is-default-class": "true" };
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: {
        name: textAt(settings, "name") ?? "nginx",
        ...(isDefault ? { annotations } : {}),
      },
      spec: { controller: textAt(settings, "controllerValue") ?? "k8s.io/ingress-nginx" },
    },
  ];
}

function kubePrometheusStackObjects(release: ReleaseSpec): Manifest[] {
  const { values } = release;
  // Cut, because the operator appends to it and names of pods are limited.
  const LONGEST = 26;
  const name = fullName(
    release.name,
    "kube-prometheus-stack",
    textAt(values, "fullnameOverride"),
    LONGEST,
  );
  const sub = (chart: string) =>
    fullName(release.name, chart, textAt(values, chart, "fullnameOverride"));
  const part = (chart: string) => ({
    "app.kubernetes.io/name": chart,
    "app.kubernetes.io/instance": release.name,
  });
  const reloader = { name: "reloader-web", port: 8080, targetPort: "reloader-web" };
  const web = (port: number): Port[] => [{ name: "http-web", port, targetPort: port }, reloader];
  const number = (value: Json | undefined, fallback: number) =>
    typeof value === "number" ? value : fallback;
  const grafanaPort = number(at(values, "grafana", "service", "port"), 80);
  const services: readonly (readonly [boolean, () => Manifest])[] = [
    [
      isOn(values, "prometheus", "enabled"),
      () =>
        service(
          release,
          `${name}-prometheus`,
          {
            "app.kubernetes.io/name": "prometheus",
            "operator.prometheus.io/name": `${name}-prometheus`,
          },
          web(number(at(values, "prometheus", "service", "port"), 9090)),
        ),
    ],
    [
      isOn(values, "alertmanager", "enabled"),
      () =>
        service(
          release,
          `${name}-alertmanager`,
          { "app.kubernetes.io/name": "alertmanager", alertmanager: `${name}-alertmanager` },
          web(number(at(values, "alertmanager", "service", "port"), 9093)),
        ),
    ],
    [
      isOn(values, "prometheusOperator", "enabled"),
      () =>
        service(release, `${name}-operator`, { app: `${name}-operator`, release: release.name }, [
          { name: "https", port: 443, targetPort: "https" },
        ]),
    ],
    [
      isOn(values, "grafana", "enabled"),
      () =>
        service(release, sub("grafana"), part("grafana"), [
          { name: "http-web", port: grafanaPort, targetPort: "grafana" },
        ]),
    ],
    [
      isOn(values, "kubeStateMetrics", "enabled"),
      () =>
        service(release, sub("kube-state-metrics"), part("kube-state-metrics"), [
          { name: "http", port: 8080, targetPort: "http" },
        ]),
    ],
    [
      isOn(values, "nodeExporter", "enabled"),
      () =>
        service(release, sub("prometheus-node-exporter"), part("prometheus-node-exporter"), [
          { name: "http-metrics", port: 9100, targetPort: 9100 },
        ]),
    ],
  ];
  return services.filter(([enabled]) => enabled).map(([, make]) => make());
}

/** The charts that the stand-in knows, by name. Of any other it keeps the record and no objects. */
export const STAND_IN_CHARTS: Readonly<Record<string, StandInChart>> = {
  "cert-manager": {
    definitions: {
      place: "templates",
      enabled: (values) => at(values, "crds", "enabled") === true || values["installCRDs"] === true,
      kept: (values) => isOn(values, "crds", "keep"),
    },
    objects: certManagerObjects,
  },
  "ingress-nginx": { objects: ingressNginxObjects },
  "kube-prometheus-stack": {
    definitions: {
      place: "crds",
      enabled: (values) => isOn(values, "crds", "enabled"),
      kept: () => true,
    },
    objects: kubePrometheusStackObjects,
  },
  "prometheus-operator-crds": {
    definitions: {
      place: "templates",
      enabled: () => true,
      // The chart has no keep policy, unless an annotation of the values says so.
      kept: (values) => textAt(values, "crds", "annotations", "helm.sh/resource-policy") === "keep",
    },
    objects: () => [],
  },
};
