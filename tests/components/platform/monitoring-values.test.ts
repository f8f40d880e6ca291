import assert from "node:assert/strict";
import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import * as pulumi from "@pulumi/pulumi";
import type { ChartValues } from "../../../components/platform/chart-values.ts";
import {
  monitoringValues,
  type MonitoringValuesArgs,
} from "../../../components/platform/monitoring-values.ts";

const NOTHING = {
  controllerManager: false,
  scheduler: false,
  etcd: false,
  proxy: false,
  coreDns: false,
  kubeDns: false,
};
const ARGS: MonitoringValuesArgs = {
  replicas: 1,
  retentionDays: 15,
  prometheusStorage: "50Gi",
  storageClasses: { standard: "slow", fastSsd: "fast" },
  scrapable: NOTHING,
  certificates: true,
};

/** Values for the arguments, with a change to them. */
const valuesOf = (change: Partial<MonitoringValuesArgs> = {}): ChartValues =>
  monitoringValues({ ...ARGS, ...change }, pulumi.output("checksum"));

/** The value at a dotted path. */
function at(values: ChartValues, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], values);
}

const claim = (storageClassName: string, storage: string) => ({
  volumeClaimTemplate: {
    spec: {
      storageClassName,
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage } },
    },
  },
});

describe("monitoringValues", () => {
  it("leaves the definitions to their own chart", () => {
    assert.deepEqual(valuesOf()["crds"], { enabled: false });
  });

  const parts = {
    controllerManager: "kubeControllerManager",
    scheduler: "kubeScheduler",
    etcd: "kubeEtcd",
    proxy: "kubeProxy",
    coreDns: "coreDns",
    kubeDns: "kubeDns",
  } as const;
  for (const [part, key] of Object.entries(parts)) {
    it(`${key} is scraped where the cluster shows it`, () => {
      const others = Object.values(parts).filter((other) => other !== key);
      const values = valuesOf({ scrapable: { ...NOTHING, [part]: true } });
      assert.deepEqual(values[key], { enabled: true });
      for (const other of others) assert.deepEqual(values[other], { enabled: false });
    });
  }

  it("reads monitors and rules of everybody, not of its own release only", () => {
    for (const kind of ["serviceMonitor", "podMonitor", "probe", "rule", "scrapeConfig"]) {
      const path = `prometheus.prometheusSpec.${kind}SelectorNilUsesHelmValues`;
      assert.equal(at(valuesOf(), path), false, path);
    }
  });

  const table: [string, Partial<MonitoringValuesArgs>, string, unknown][] = [
    ["keeps samples for so many days", {}, "prometheus.prometheusSpec.retention", "15d"],
    [
      "drops the oldest before the volume is full",
      {},
      "prometheus.prometheusSpec.retentionSize",
      "43520MiB",
    ],
    [
      "counts in whole mebibytes",
      { prometheusStorage: "1.5Gi" },
      "prometheus.prometheusSpec.retentionSize",
      "1305MiB",
    ],
    [
      "puts samples on the fast class",
      {},
      "prometheus.prometheusSpec.storageSpec",
      claim("fast", "50Gi"),
    ],
    [
      "puts silences on the standard class",
      {},
      "alertmanager.alertmanagerSpec.storage",
      claim("slow", "2Gi"),
    ],
    ["one Prometheus: no budget", {}, "prometheus.podDisruptionBudget", { enabled: false }],
    ["one Prometheus: no spread", {}, "prometheus.prometheusSpec.topologySpreadConstraints", []],
    ["two of Prometheus", { replicas: 2 }, "prometheus.prometheusSpec.replicas", 2],
    [
      "two of Prometheus: one may go",
      { replicas: 2 },
      "prometheus.podDisruptionBudget",
      { enabled: true, minAvailable: 1 },
    ],
    ["three of Alertmanager", { replicas: 3 }, "alertmanager.alertmanagerSpec.replicas", 3],
    [
      "three of Alertmanager: one may go",
      { replicas: 3 },
      "alertmanager.podDisruptionBudget",
      { enabled: true, minAvailable: 2 },
    ],
    [
      "cert-manager signs for the webhook",
      {},
      "prometheusOperator.admissionWebhooks.certManager.enabled",
      true,
    ],
    [
      "without cert-manager the chart's Jobs do",
      { certificates: false },
      "prometheusOperator.admissionWebhooks.certManager.enabled",
      false,
    ],
    [
      "the operator's own Service goes with the namespace",
      {},
      "prometheusOperator.kubeletService.namespace",
      "monitoring",
    ],
    ["and is looked for there", {}, "kubelet.namespace", "monitoring"],
    ["Grafana needs no root", {}, "grafana.initChownData.enabled", false],
    ["Grafana runs no test pod", {}, "grafana.testFramework.enabled", false],
  ];
  for (const [title, change, path, expected] of table) {
    it(title, () => {
      assert.deepEqual(at(valuesOf(change), path), expected);
    });
  }

  it("spreads Prometheus and Alertmanager by the labels that the operator puts on the pods", () => {
    const values = valuesOf({ replicas: 2 });
    const labels = (path: string) =>
      (at(values, path) as { labelSelector: { matchLabels: object } }[]).map(
        ({ labelSelector }) => labelSelector.matchLabels,
      );
    assert.deepEqual(
      labels("prometheus.prometheusSpec.topologySpreadConstraints"),
      Array(2).fill({
        "app.kubernetes.io/name": "prometheus",
        "operator.prometheus.io/name": "prometheus-kube-prometheus-prometheus",
      }),
    );
    assert.deepEqual(
      labels("alertmanager.alertmanagerSpec.topologySpreadConstraints"),
      Array(2).fill({
        "app.kubernetes.io/name": "alertmanager",
        alertmanager: "prometheus-kube-prometheus-alertmanager",
      }),
    );
  });

  it("bounds every container that the chart lets be bounded", () => {
    const resources = ADD_ON_RESOURCES.monitoring;
    const places = {
      "prometheus.prometheusSpec": resources.prometheus,
      "alertmanager.alertmanagerSpec": resources.alertmanager,
      prometheusOperator: resources.operator,
      "prometheusOperator.prometheusConfigReloader": resources.configReloader,
      "prometheusOperator.admissionWebhooks.patch": resources.webhookJob,
      grafana: resources.grafana,
      "grafana.sidecar": resources.grafanaSidecar,
      "kube-state-metrics": resources.stateMetrics,
      "prometheus-node-exporter": resources.nodeExporter,
    };
    assert.equal(Object.keys(places).length, Object.keys(resources).length);
    for (const [path, bounds] of Object.entries(places)) {
      assert.deepEqual(at(valuesOf(), `${path}.resources`), bounds, path);
    }
  });
});
