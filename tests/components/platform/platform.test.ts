import assert from "node:assert/strict";
import type { PlatformArgs } from "../../../components/platform/index.ts";
import { byType } from "../../../plan/recording.ts";
import { platformCluster } from "../../support/platform-cluster.ts";
import {
  ARGS,
  CLUSTER,
  only,
  recordPlatform,
  releaseOrder,
  valueOf,
} from "../../support/recorded-platform.ts";
import { outline } from "../../support/recorded-program.ts";

describe("Platform", () => {
  it("installs definitions, then cert-manager, then all that it signs for or that is watched", async () => {
    const { recording } = await recordPlatform();
    assert.deepEqual(releaseOrder(recording), {
      "platform-monitoring-crds-release": [],
      "platform-cert-manager-release": ["platform-monitoring-crds-release"],
      "platform-ingress-nginx-release": [
        "platform-cert-manager-release",
        "platform-monitoring-crds-release",
      ],
      "platform-monitoring-release": [
        "platform-cert-manager-release",
        "platform-monitoring-crds-release",
      ],
      "platform-metrics-server-release": [
        "platform-cert-manager-release",
        "platform-monitoring-crds-release",
      ],
      "platform-prometheus-adapter-release": [
        "platform-cert-manager-release",
        "platform-monitoring-crds-release",
        "platform-monitoring-release",
      ],
      "platform-vertical-pod-autoscaler-release": [
        "platform-cert-manager-release",
        "platform-monitoring-crds-release",
      ],
    });
  });

  it("leaves out what the cluster has already", async () => {
    const builtIn = { metricsServer: true, verticalPodAutoscaler: true, gatewayApi: true };
    const { recording, namespaces } = await recordPlatform({
      ...ARGS,
      cluster: { ...CLUSTER, builtIn },
    });
    const releases = Object.keys(releaseOrder(recording));
    assert.ok(!releases.some((name) => /metrics-server|vertical-pod/.test(name)));
    assert.ok(!namespaces.includes("vertical-pod-autoscaler"));
  });

  it("without cert-manager: webhooks sign for themselves, and nothing waits for it", async () => {
    const { recording } = await recordPlatform(only("ingressNginx", "monitoring"));
    assert.deepEqual(releaseOrder(recording), {
      "platform-monitoring-crds-release": [],
      "platform-ingress-nginx-release": ["platform-monitoring-crds-release"],
      "platform-monitoring-release": ["platform-monitoring-crds-release"],
    });
    const nginx = "controller.admissionWebhooks.certManager.enabled";
    assert.equal(valueOf(recording, "platform-ingress-nginx-release", nginx), false);
    const operator = "prometheusOperator.admissionWebhooks.certManager.enabled";
    assert.equal(valueOf(recording, "platform-monitoring-release", operator), false);
  });

  it("without monitoring: no definitions, and nobody asks to be watched", async () => {
    const { recording } = await recordPlatform(only("certManager", "ingressNginx"));
    assert.deepEqual(releaseOrder(recording), {
      "platform-cert-manager-release": [],
      "platform-ingress-nginx-release": ["platform-cert-manager-release"],
    });
    const servicemonitor = "prometheus.servicemonitor.enabled";
    assert.equal(valueOf(recording, "platform-cert-manager-release", servicemonitor), false);
    const metrics = "controller.metrics.serviceMonitor.enabled";
    assert.equal(valueOf(recording, "platform-ingress-nginx-release", metrics), false);
  });

  it("with nothing on: itself, the rules for pods, and the classes that systems name", async () => {
    const { recording, namespaces } = await recordPlatform(only());
    const others = outline(recording).filter((line) => !line.includes("platform-admission"));
    assert.deepEqual(others, [
      "Platform platform",
      "PriorityClass platform-priority-slipway-data",
      "PriorityClass platform-priority-slipway-front-door",
      "PriorityClass platform-priority-slipway-platform",
      "PriorityClasses platform-priority",
    ]);
    assert.deepEqual(namespaces, []);
  });

  it("relaxed, and without rules for pods: no policies", async () => {
    const admission = { enabled: false, allowedRegistries: [] };
    const { recording } = await recordPlatform({ ...ARGS, guard: "relaxed", admission });
    assert.ok(!outline(recording).some((line) => line.includes("Admission")));
  });

  it("lists the namespaces of what is on, each of which it makes", async () => {
    const { recording, namespaces } = await recordPlatform();
    assert.deepEqual(namespaces, [
      "cert-manager",
      "ingress-nginx",
      "monitoring",
      "vertical-pod-autoscaler",
    ]);
    const made = byType(recording, "kubernetes:core/v1:Namespace").map(
      ({ inputs }) => (inputs["metadata"] as { name: string }).name,
    );
    assert.deepEqual(made.toSorted(), namespaces);
  });

  for (const exposure of ["public", "internal"] as const) {
    it(`${exposure}: gives the load balancer the annotations for it`, async () => {
      const ingressNginx = { ...ARGS.ingressNginx, exposure };
      const { recording } = await recordPlatform({ ...ARGS, ingressNginx });
      const path = "controller.service.annotations";
      assert.deepEqual(
        valueOf(recording, "platform-ingress-nginx-release", path),
        CLUSTER.loadBalancerAnnotations[exposure],
      );
    });
  }

  for (const [guard, keep] of [
    ["strict", true],
    ["relaxed", false],
  ] as const) {
    it(`${guard}: definitions of certificates ${keep ? "outlive" : "go with"} the release`, async () => {
      const { recording } = await recordPlatform({ ...ARGS, guard });
      assert.equal(valueOf(recording, "platform-cert-manager-release", "crds.keep"), keep);
    });
  }

  it("refuses settings that its checks refuse, all at once", async () => {
    const args: PlatformArgs = {
      ...ARGS,
      certManager: { ...ARGS.certManager, replicas: 1 },
      ingressNginx: { ...ARGS.ingressNginx, exposure: "internal" },
      externalDns: { enabled: true, policy: "sync" },
      cluster: platformCluster(),
    };
    await assert.rejects(recordPlatform(args), {
      message:
        "Invalid arguments:\n" +
        "1. certManager.replicas: got 1, expected at least 2, because slipway:guard is strict. " +
        "Raise it, so that a node can be drained without an outage.\n" +
        '2. ingressNginx.exposure: got "internal", expected public, because nothing tells this ' +
        "cluster to keep a load balancer inside. Use a cluster that Slipway makes, or say public " +
        "and restrict access in the network.\n" +
        "3. externalDns.enabled: got true, expected false, because the cluster has no DNS zone. " +
        "Give it one (slipway:cluster.dnsDomain), or turn this off.",
    });
  });
});
