import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { problemsOf, type Shop } from "./shop.ts";

const matchLabels = (app: string) => ({ matchLabels: { app } });
const REMEDY = "Use the selector labels of the workload.";

function budget(shop: Shop, app: string) {
  const spec = { minAvailable: 1, selector: matchLabels(app) };
  return new k8s.policy.v1.PodDisruptionBudget(
    "shop-budget",
    { metadata: shop.metadata("budget"), spec },
    shop.opts,
  );
}

function policy(shop: Shop, spec: k8s.types.input.networking.v1.NetworkPolicySpec) {
  const metadata = shop.metadata("policy");
  return new k8s.networking.v1.NetworkPolicy("shop-policy", { metadata, spec }, shop.opts);
}

function autoscaler(shop: Shop, name: string) {
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name };
  return new k8s.autoscaling.v2.HorizontalPodAutoscaler(
    "shop-scaler",
    { metadata: shop.metadata("scaler"), spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 2 } },
    shop.opts,
  );
}

describe("judge: selectors", () => {
  it("passes a disruption budget and policies of pods that are there", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web");
      budget(shop, "web");
      const kubeSystem = { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } };
      const tier = { matchExpressions: [{ key: "app", operator: "In", values: ["web", "api"] }] };
      policy(shop, {
        podSelector: matchLabels("web"),
        ingress: [{ from: [{ podSelector: tier }, { ipBlock: { cidr: "10.0.0.0/8" } }] }],
        egress: [{ to: [{ namespaceSelector: kubeSystem, podSelector: matchLabels("dns") }] }],
      });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a disruption budget that protects nobody", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web");
      budget(shop, "wep");
    });
    assert.deepEqual(problems, [
      'PodDisruptionBudget shop/budget: spec.selector: got {"matchLabels":{"app":"wep"}}, ' +
        `expected labels of pods in namespace shop. ${REMEDY}`,
    ]);
  });

  it("refuses a policy for nobody, and one that lets in nobody", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web");
      policy(shop, {
        podSelector: matchLabels("wep"),
        ingress: [
          {
            from: [
              { podSelector: matchLabels("front") },
              { namespaceSelector: { matchLabels: { name: "ingress-nginx" } } },
            ],
          },
        ],
      });
    });
    const pods = `expected labels of pods in namespace shop. ${REMEDY}`;
    assert.deepEqual(problems, [
      `NetworkPolicy shop/policy: spec.podSelector: got {"matchLabels":{"app":"wep"}}, ${pods}`,
      "NetworkPolicy shop/policy: spec.ingress[0].from[0].podSelector: " +
        `got {"matchLabels":{"app":"front"}}, ${pods}`,
      "NetworkPolicy shop/policy: spec.ingress[0].from[1].namespaceSelector: " +
        'got {"matchLabels":{"name":"ingress-nginx"}}, expected labels of a namespace. ' +
        "Use labels that the namespace carries, such as kubernetes.io/metadata.name.",
    ]);
  });

  it("knows the pods that an operator makes in the namespaces of others", async () => {
    const solver = { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } };
    const withRelease = await problemsOf((shop) => {
      shop.release("cert-manager", { crds: { enabled: true } });
      policy(shop, { podSelector: solver });
    });
    const without = await problemsOf((shop) => policy(shop, { podSelector: solver }));
    assert.deepEqual([withRelease.length, without.length], [0, 1]);
  });
});

describe("judge: ports of policies", () => {
  const allow = (app: string, ...ports: object[]) => ({
    podSelector: matchLabels(app),
    ingress: [{ ports }],
  });

  it("passes ports of the pods by name, by number and within a range, and whole protocols", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web");
      const range = { port: 8000, endPort: 8100 };
      policy(shop, allow("web", { port: "http" }, { port: 8080 }, range, { protocol: "UDP" }));
    });
    assert.deepEqual(problems, []);
  });

  it("refuses ports that no selected pod has", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web");
      shop.deployment("api", { ports: [{ name: "api", containerPort: 9999 }] });
      const range = { port: 9000, endPort: 9010 };
      policy(shop, allow("web", { port: 8080 }, { port: 9999 }, { port: "api" }, range));
    });
    const rest =
      "expected a port of the selected pods (8080, http). Name one of them, or create it.";
    assert.deepEqual(
      problems,
      ["9999", "api", "9000-9010"].map((got, index) => {
        const path = `spec.ingress[0].ports[${index + 1}].port`;
        return `NetworkPolicy shop/policy: ${path}: got "${got}", ${rest}`;
      }),
    );
  });

  it("leaves policies of a chart's pods alone", async () => {
    const problems = await problemsOf((shop) => {
      shop.release("some-chart", {}, "shop");
      shop.deployment("web");
      policy(shop, allow("web", { port: 9999 }));
    });
    assert.deepEqual(problems, []);
  });

  it("leaves policies alone that also hold for pods that an operator makes", async () => {
    const find = (release: boolean) =>
      problemsOf((shop) => {
        if (release) shop.release("cert-manager", { crds: { enabled: true } });
        shop.deployment("web");
        policy(shop, { podSelector: {}, ingress: [{ ports: [{ port: 8089 }] }] });
      });
    assert.deepEqual([(await find(true)).length, (await find(false)).length], [0, 1]);
  });
});

describe("judge: autoscalers", () => {
  it("passes a target without replicas", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web");
      autoscaler(shop, "web");
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a target that is not there", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web");
      autoscaler(shop, "backend");
    });
    assert.deepEqual(problems, [
      'HorizontalPodAutoscaler shop/scaler: spec.scaleTargetRef: got "backend", ' +
        "expected a Deployment in namespace shop (web). Name one of them, or create it.",
    ]);
  });

  it("refuses replicas that it would fight", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web", {}, {}, 2);
      autoscaler(shop, "web");
    });
    assert.deepEqual(problems, [
      "Deployment shop/web: spec.replicas: got 2, expected no value, because HorizontalPodAutoscaler " +
        "shop/scaler owns it. Leave replicas out where there is an autoscaler.",
    ]);
  });
});
