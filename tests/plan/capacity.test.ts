import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { balance } from "../../plan/capacity/balance.ts";
import { allocatable } from "../../plan/capacity/node-pools.ts";
import { podSize } from "../../plan/capacity/pod-size.ts";
import type { ClusterFacts } from "../../components/clusters/cluster-facts.ts";
import { CLUSTER, problemsOf, shopModel, type Shop } from "./shop.ts";

const MIB = 2 ** 20;
const bounds = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });

function autoscaler(shop: Shop, name: string, maxReplicas: number) {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name };
  new k8s.autoscaling.v2.HorizontalPodAutoscaler(
    "shop-scaler",
    { metadata: shop.metadata("scaler"), spec: { scaleTargetRef, minReplicas: 2, maxReplicas } },
    shop.opts,
  );
}

const nodes = (minNodes: number, maxNodes: number): ClusterFacts => ({
  ...CLUSTER,
  nodePools: [{ name: "general", cpu: "4", memory: "16Gi", minNodes, maxNodes }],
});

describe("podSize", () => {
  const container = (cpu: string, memory: string, extra = {}) => ({
    ...bounds(cpu, memory),
    ...extra,
  });

  it("adds up the containers", () => {
    const containers = [container("100m", "64Mi"), container("1", "1Gi"), { name: "unbounded" }];
    assert.deepEqual(podSize({ containers }), { cpu: 1100, memory: 1088 * MIB });
  });

  it("takes the most demanding step of the start where that is more", () => {
    const initContainers = [container("2", "64Mi"), container("100m", "32Mi")];
    const containers = [container("100m", "128Mi")];
    assert.deepEqual(podSize({ initContainers, containers }), { cpu: 2000, memory: 128 * MIB });
  });

  it("counts sidecars beside what comes after them", () => {
    const sidecar = container("200m", "64Mi", { restartPolicy: "Always" });
    const initContainers = [sidecar, container("300m", "32Mi")];
    const containers = [container("100m", "128Mi")];
    assert.deepEqual(podSize({ initContainers, containers }), { cpu: 500, memory: 192 * MIB });
  });
});

describe("allocatable", () => {
  it("keeps back what the published steps say", () => {
    // 6 % of the first core, 1 % of the second, 0.5 % of two more: 80 millicores.
    // 25 % of 4 Gi, 20 % of 4 Gi, 10 % of 8 Gi: 2662.4 MiB.
    const { cpu, memory } = allocatable({ cpu: "4", memory: "16Gi" });
    assert.equal(cpu, 3920);
    assert.equal(Math.floor(memory / MIB), 16384 - 2663);
  });
});

describe("balance", () => {
  it("counts autoscalers, surge, nodes and jobs", async () => {
    const model = await shopModel(
      (shop) => {
        shop.deployment("web", bounds("100m", "100Mi"));
        autoscaler(shop, "web", 9);
        shop.deployment("fixed", bounds("100m", "100Mi"), {}, 2);
        const labels = { app: "agent" };
        const template = {
          metadata: { labels },
          spec: { containers: [{ name: "agent", image: "agent:1", ...bounds("10m", "10Mi") }] },
        };
        new k8s.apps.v1.DaemonSet(
          "agent",
          {
            metadata: shop.metadata("agent"),
            spec: { selector: { matchLabels: labels }, template },
          },
          shop.opts,
        );
        new k8s.batch.v1.Job(
          "job",
          { metadata: shop.metadata("job"), spec: { parallelism: 3, template } },
          shop.opts,
        );
      },
      nodes(1, 3),
    );
    const { demands, requested } = balance(model);
    assert.deepEqual(
      demands.map(({ place, minPods, maxPods }) => [place, minPods, maxPods]),
      [
        ["DaemonSet shop/agent", 1, 3],
        ["Deployment shop/fixed", 2, 3],
        ["Deployment shop/web", 2, 12],
        ["Job shop/job", 0, 3],
      ],
    );
    assert.deepEqual(requested.min, { cpu: 410, memory: 410 * MIB });
    assert.deepEqual(requested.max, { cpu: 1560, memory: 1560 * MIB });
  });

  it("counts the pods of charts that it knows", async () => {
    const model = await shopModel(
      (shop) => {
        const requests = (cpu: string) => bounds(cpu, "10Mi");
        shop.release("kube-prometheus-stack", {
          prometheus: { prometheusSpec: { replicas: 2, ...requests("100m") } },
          alertmanager: { enabled: false },
          grafana: { ...requests("50m"), sidecar: requests("5m") },
          prometheusOperator: { prometheusConfigReloader: requests("1m") },
          "prometheus-node-exporter": requests("20m"),
        });
      },
      nodes(1, 3),
    );
    assert.deepEqual(
      balance(model).demands.map(({ place, pod, minPods, maxPods }) => [
        place,
        pod.cpu,
        minPods,
        maxPods,
      ]),
      [
        ["Release kube-system/kube-prometheus-stack prometheus", 101, 2, 2],
        ["Release kube-system/kube-prometheus-stack grafana", 60, 1, 2],
        ["Release kube-system/kube-prometheus-stack operator", 0, 1, 2],
        ["Release kube-system/kube-prometheus-stack kube-state-metrics", 0, 1, 2],
        ["Release kube-system/kube-prometheus-stack node-exporter", 20, 1, 3],
      ],
    );
  });
});

describe("judge: capacity", () => {
  it("refuses maxima that do not fit all nodes together", async () => {
    const fill = (shop: Shop) => {
      shop.deployment("web", bounds("1", "1Gi"));
      autoscaler(shop, "web", 8);
    };
    assert.deepEqual(await problemsOf(fill, nodes(1, 3)), []);
    assert.deepEqual(await problemsOf(fill, nodes(1, 2)), [
      "slipway:cluster: nodePools: got 7840m of cpu for pods on all nodes at most, expected at least " +
        "what all pods request at most (10). Raise maxNodes or the size of the nodes, or lower the " +
        "maxima of the systems.",
    ]);
  });

  it("refuses a pod that no single node can hold", async () => {
    const fill = (shop: Shop) => {
      shop.deployment("web", bounds("1", "15Gi"), {}, 0);
    };
    assert.deepEqual(await problemsOf(fill, nodes(1, 3)), [
      "Deployment shop/web: resources.requests: got 1 cpu and 15Gi memory for one pod, expected no more " +
        "than one node has for pods. Lower the requests, or add a pool of larger nodes.",
    ]);
  });
});
