import { at, textAt } from "../../json-access.ts";
import type { Json } from "../../../property-values.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { isOn, service, type Port, type StandInChart } from "./stand-in-chart.ts";

/** kube-prometheus-stack: its Services, and its definitions from the crds folder. */
export const kubePrometheusStack: StandInChart = {
  definitions: {
    place: "crds",
    enabled: (values) => isOn(values, "crds", "enabled"),
    kept: () => true,
  },
  objects: kubePrometheusStackObjects,
};

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
