import assert from "node:assert/strict";
import type { PlatformCluster } from "../../../components/platform/index.ts";
import { clusterAutoscalerValues } from "../../../components/platform/cluster-autoscaler.ts";
import { neededControllers } from "../../../components/platform/cluster-controllers.ts";
import {
  LOAD_BALANCER_CONTROLLER_TRAFFIC,
  loadBalancerControllerValues,
} from "../../../components/platform/load-balancer-controller.ts";
import type { PlatformSettings } from "../../../components/platform/settings.ts";
import { CONTROLLED, platformCluster } from "../../support/platform-cluster.ts";

const identity = {
  serviceAccountAnnotations: { who: "controller" },
  podLabels: { use: "true" },
  ready: [],
};
const args = {
  replicas: 2,
  controllers: CONTROLLED.controllers,
  identity,
  monitored: true,
  certificates: true,
};

describe("clusterAutoscalerValues", () => {
  it("finds the groups of its own cluster, by the cloud's API in its region", () => {
    const { cloudProvider, awsRegion, autoDiscovery } = clusterAutoscalerValues(args);
    assert.deepEqual([cloudProvider, awsRegion], ["aws", "us-east-1"]);
    assert.deepEqual(autoDiscovery, { clusterName: "shop-prod" });
  });

  it("gives back nodes whose pods have empty directories, and grows zones by turns", () => {
    assert.deepEqual(clusterAutoscalerValues(args)["extraArgs"], {
      "balance-similar-node-groups": true,
      "skip-nodes-with-local-storage": false,
      "skip-nodes-with-system-pods": false,
      expander: "least-waste",
    });
  });

  it("runs as the ServiceAccount that the cloud knows, and is watched in its own namespace", () => {
    const { rbac, podLabels, serviceMonitor } = clusterAutoscalerValues(args);
    const annotations = { who: "controller" };
    assert.deepEqual(rbac, { serviceAccount: { name: "cluster-autoscaler", annotations } });
    assert.deepEqual(podLabels, { use: "true" });
    assert.deepEqual(serviceMonitor, { enabled: true, namespace: "cluster-autoscaler" });
  });

  it("spreads by the labels that its own names give the pods", () => {
    const { nameOverride, topologySpreadConstraints } = clusterAutoscalerValues(args);
    const [first] = topologySpreadConstraints as { labelSelector: object }[];
    assert.deepEqual(first?.labelSelector, {
      matchLabels: {
        "app.kubernetes.io/name": nameOverride,
        "app.kubernetes.io/instance": "cluster-autoscaler",
      },
    });
  });
});

describe("loadBalancerControllerValues", () => {
  it("is told cluster, region and network, so that it asks no node for them", () => {
    const { clusterName, region, vpcId } = loadBalancerControllerValues(args);
    assert.deepEqual([clusterName, region], ["shop-prod", "us-east-1"]);
    assert.ok(typeof vpcId === "object");
  });

  it("stands in the way of no Service and no Ingress while it is away", () => {
    const values = loadBalancerControllerValues(args);
    assert.equal(values["enableServiceMutatorWebhook"], false);
    assert.deepEqual(values["webhookConfig"], { disableIngressValidation: true });
    assert.equal(values["createIngressClassResource"], false);
  });

  it("answers its webhook where the network lets the control plane in", () => {
    const { webhookBindPort } = loadBalancerControllerValues(args);
    assert.deepEqual(LOAD_BALANCER_CONTROLLER_TRAFFIC.webhooks, [webhookBindPort]);
    assert.equal(webhookBindPort, 10250);
  });

  for (const certificates of [true, false]) {
    it(`cert-manager signs for the webhook: ${String(certificates)}`, () => {
      const values = loadBalancerControllerValues({ ...args, certificates });
      assert.equal(values["enableCertManager"], certificates);
    });
  }

  it("keeps one pod at least, and all but one of several", () => {
    const budget = (replicas: number) =>
      loadBalancerControllerValues({ ...args, replicas })["podDisruptionBudget"];
    assert.deepEqual(
      [budget(1), budget(2), budget(3)].map((one) => one as object),
      [{ minAvailable: 1 }, { minAvailable: 1 }, { minAvailable: 2 }],
    );
  });
});

describe("neededControllers", () => {
  const settings = (autoscaler: boolean, balancer: boolean) =>
    ({
      clusterAutoscaler: { enabled: autoscaler, replicas: 2 },
      loadBalancerController: { enabled: balancer, replicas: 2 },
    }) as unknown as PlatformSettings;
  const installed = (given: PlatformSettings, cluster: PlatformCluster) =>
    Object.entries(neededControllers(given, cluster))
      .filter(([, controllers]) => controllers !== undefined)
      .map(([name]) => name);

  it("are those that the cluster lacks and the settings want", () => {
    const lacking = platformCluster(CONTROLLED);
    assert.deepEqual(installed(settings(true, true), lacking), [
      "clusterAutoscaler",
      "loadBalancerController",
    ]);
    assert.deepEqual(installed(settings(false, true), lacking), ["loadBalancerController"]);
    assert.deepEqual(installed(settings(true, false), lacking), ["clusterAutoscaler"]);
    assert.deepEqual(installed(settings(true, true), platformCluster()), []);
  });
});
