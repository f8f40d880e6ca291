import assert from "node:assert/strict";
import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import type { Guard } from "../../../components/core/guard.ts";
import { IngressNginx, type IngressNginxArgs } from "../../../components/platform/index.ts";
import { checkExposure, ingressNginxValues } from "../../../components/platform/ingress-nginx.ts";
import { WEBHOOK_ANNOTATIONS } from "../../../components/platform/webhook-annotations.ts";
import { byName } from "../../../plan/recording.ts";
import { SURROUNDINGS } from "../../support/platform-cluster.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const ARGS: IngressNginxArgs = {
  replicas: 1,
  loadBalancerAnnotations: { "example.com/scheme": "internal" },
  monitored: true,
  certificates: true,
  surroundings: SURROUNDINGS,
};

describe("IngressNginx", () => {
  it("makes a namespace and a release in it, which waits for the load balancer", async () => {
    const recording = await recordOn(({ providers, earlier }) => {
      new IngressNginx("nginx", ARGS, { providers, dependsOn: [earlier] });
    });
    assert.deepEqual(outline(recording), [
      "AddOnNamespace nginx-home",
      "IngressNginx nginx",
      "LimitRange nginx-home-limits",
      "Namespace nginx-home-namespace",
      "NetworkPolicy nginx-home-traffic",
      "Release nginx-release",
    ]);
    const release = byName(recording, "nginx-release");
    assert.deepEqual(dependencyNames(release), [
      "nginx-home-limits",
      "nginx-home-namespace",
      "nginx-home-traffic",
      "test-earlier",
    ]);
    assert.equal(release.inputs["timeout"], 600);
    const { metadata } = byName(recording, "nginx-home-namespace").inputs as {
      metadata: { name: string; labels: Record<string, string> };
    };
    assert.equal(metadata.name, release.inputs["namespace"]);
    assert.equal(metadata.labels["name"], "ingress-nginx");
    assert.equal(metadata.labels["pod-security.kubernetes.io/enforce"], "restricted");
  });
});

describe("ingressNginxValues", () => {
  it("serves the class nginx, keeps client addresses, and has the given load balancer", () => {
    const resources = ADD_ON_RESOURCES.ingressNginx;
    const webhookJob = { resources: resources.webhookJob };
    assert.deepEqual(ingressNginxValues(ARGS), {
      controller: {
        replicaCount: 1,
        minAvailable: 1,
        priorityClassName: "slipway-platform",
        topologySpreadConstraints: [],
        resources: resources.controller,
        ingressClassResource: { name: "nginx" },
        ingressClass: "nginx",
        service: {
          annotations: { "example.com/scheme": "internal" },
          externalTrafficPolicy: "Local",
        },
        metrics: { enabled: true, serviceMonitor: { enabled: true } },
        admissionWebhooks: {
          annotations: WEBHOOK_ANNOTATIONS,
          certManager: { enabled: true },
          createSecretJob: webhookJob,
          patchWebhookJob: webhookJob,
        },
      },
    });
  });

  const table: [Partial<IngressNginxArgs>, string, unknown][] = [
    [{ replicas: 2 }, "minAvailable", 1],
    [{ replicas: 4 }, "minAvailable", 3],
    [{ monitored: false }, "metrics", { enabled: false, serviceMonitor: { enabled: false } }],
  ];
  for (const [change, key, expected] of table) {
    it(`${JSON.stringify(change)}: ${key} is ${JSON.stringify(expected)}`, () => {
      const { controller } = ingressNginxValues({ ...ARGS, ...change });
      assert.deepEqual((controller as Record<string, unknown>)[key], expected);
    });
  }

  it("without cert-manager the chart's Jobs make the webhook's certificate", () => {
    const { controller } = ingressNginxValues({ ...ARGS, certificates: false });
    const { admissionWebhooks } = controller as { admissionWebhooks: { certManager: object } };
    assert.deepEqual(admissionWebhooks.certManager, { enabled: false });
  });
});

describe("checkExposure", () => {
  const SILENT = { public: {}, internal: {} };
  const TOLD = { public: {}, internal: { "example.com/scheme": "internal" } };
  const settings = (enabled: boolean, exposure: "public" | "internal") => ({
    enabled,
    exposure,
    replicas: 2,
  });

  it("refuses under strict an internal load balancer that nothing makes internal", () => {
    assert.deepEqual(checkExposure("ingressNginx", settings(true, "internal"), SILENT, "strict"), [
      {
        path: "ingressNginx.exposure",
        got: '"internal"',
        expected: "public, because nothing tells this cluster to keep a load balancer inside",
        remedy:
          "Use a cluster that Slipway makes, or say public and restrict access in the network.",
      },
    ]);
  });

  const allowed: [string, ReturnType<typeof settings>, typeof SILENT, Guard][] = [
    ["public", settings(true, "public"), SILENT, "strict"],
    ["internal where the cluster knows how", settings(true, "internal"), TOLD, "strict"],
    ["switched off", settings(false, "internal"), SILENT, "strict"],
    ["internal under relaxed", settings(true, "internal"), SILENT, "relaxed"],
  ];
  for (const [title, given, annotations, guard] of allowed) {
    it(`allows ${title}`, () => {
      assert.deepEqual(checkExposure("ingressNginx", given, annotations, guard), []);
    });
  }
});
