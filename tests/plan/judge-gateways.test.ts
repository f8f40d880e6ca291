import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { demands } from "../../plan/capacity/demand.ts";
import { problemsOf, shopModel, type Shop } from "./shop.ts";

const API = "gateway.networking.k8s.io/v1";
const http = { name: "http", port: 80, targetPort: "http" };

interface Changes {
  readonly gateway?: object;
  readonly listener?: object;
  readonly route?: object;
  readonly backend?: object;
  readonly target?: string;
}

/** A shop with a gateway and a route by it, and the changes that make it wrong. */
function gatewayShop(shop: Shop, change: Changes = {}) {
  const operator = shop.release("gateway-helm", {});
  shop.deployment("web");
  shop.service("web", { selector: { app: "web" }, ports: [http] });
  shop.secret("web-tls", { "tls.crt": "a", "tls.key": "b" });
  new k8s.apiextensions.CustomResource(
    "shop-class",
    { apiVersion: API, kind: "GatewayClass", metadata: { name: "envoy" } },
    { parent: shop.parent, dependsOn: [operator] },
  );
  const tls = { certificateRefs: [{ name: "web-tls" }] };
  const listeners = [{ name: "https", tls, ...change.listener }];
  const gateway = { gatewayClassName: "envoy", listeners, ...change.gateway };
  shop.custom("Gateway", API, "gateway", gateway, [operator]);
  const backendRefs = [{ name: "web", port: 80, ...change.backend }];
  const parentRefs = [{ name: "gateway", sectionName: "https", ...change.route }];
  shop.custom("HTTPRoute", API, "route", { parentRefs, rules: [{ backendRefs }] }, [operator]);
  const targetRefs = [{ kind: "HTTPRoute", name: change.target ?? "route" }];
  const policy = "gateway.envoyproxy.io/v1alpha1";
  shop.custom("BackendTrafficPolicy", policy, "limits", { targetRefs }, [operator]);
}

describe("judge: Gateways", () => {
  it("passes a route by a Gateway of a class, with a certificate and limits", async () => {
    assert.deepEqual(await problemsOf(gatewayShop), []);
  });

  const cases: [string, Changes, string][] = [
    [
      "a class that nobody makes",
      { gateway: { gatewayClassName: "nginx" } },
      'Gateway shop/gateway: spec.gatewayClassName: got "nginx", expected a GatewayClass (envoy). ' +
        "Name one of them, or create it.",
    ],
    [
      "a certificate that nobody makes",
      { listener: { tls: { certificateRefs: [{ name: "other" }] } } },
      'Gateway shop/gateway: spec.listeners[0].tls.certificateRefs[0]: got "other", expected a Secret or ' +
        "the secretName of a Certificate in namespace shop (web-tls). Name one of them, or create it.",
    ],
    [
      "a Gateway that is not there",
      { route: { name: "other" } },
      'HTTPRoute shop/route: spec.parentRefs[0]: got "other", expected a Gateway in namespace shop ' +
        "(gateway). Name one of them, or create it.",
    ],
    [
      "a listener that is not there",
      { route: { sectionName: "http" } },
      'HTTPRoute shop/route: spec.parentRefs[0].sectionName: got "http", expected a listener of Gateway ' +
        "shop/gateway (https). Name one of them, or create it.",
    ],
    [
      "a Service that is not there",
      { backend: { name: "wep" } },
      'HTTPRoute shop/route: spec.rules[0].backendRefs[0]: got "wep", expected a Service in namespace ' +
        "shop (web). Name one of them, or create it.",
    ],
    [
      "a port that the Service does not have",
      { backend: { port: 81 } },
      'HTTPRoute shop/route: spec.rules[0].backendRefs[0].port: got "81", expected a port of Service web ' +
        "(80). Name one of them, or create it.",
    ],
    [
      "limits for a route that is not there",
      { target: "other" },
      'BackendTrafficPolicy shop/limits: spec.targetRefs[0]: got "other", expected HTTPRoute of namespace ' +
        "shop (route). Name one of them, or create it.",
    ],
  ];
  for (const [title, change, message] of cases) {
    it(`refuses ${title}`, async () => {
      const problems = await problemsOf((shop) => {
        gatewayShop(shop, change);
      });
      assert.deepEqual(problems, [message]);
    });
  }

  it("refuses a solver of certificates that attaches to a Gateway that is not there", async () => {
    const problems = await problemsOf((shop) => {
      gatewayShop(shop);
      const release = shop.release("cert-manager", { crds: { enabled: true } });
      const gatewayHTTPRoute = { parentRefs: [{ name: "platform" }] };
      const spec = { acme: { solvers: [{ http01: { gatewayHTTPRoute } }] } };
      shop.custom("Issuer", "cert-manager.io/v1", "issuer", spec, [release]);
    });
    assert.deepEqual(problems, [
      "Issuer shop/issuer: spec.acme.solvers[0].http01.gatewayHTTPRoute.parentRefs[0]: got " +
        '"platform", expected a Gateway in namespace shop (gateway). Name one of them, or create it.',
    ]);
  });
});

describe("proxies that Envoy Gateway makes", () => {
  it("count with the container beside each, and with those added while they roll", async () => {
    const model = await shopModel((shop) => {
      const resources = { requests: { cpu: "500m", memory: "1Gi" } };
      const deployment = { replicas: 4, container: { resources } };
      const spec = { provider: { kubernetes: { envoyDeployment: deployment } } };
      shop.custom("EnvoyProxy", "gateway.envoyproxy.io/v1alpha1", "envoy", spec, []);
    });
    const [proxies] = demands(model);
    assert.equal(proxies?.place, "EnvoyProxy shop/envoy");
    assert.deepEqual([proxies.minPods, proxies.maxPods], [4, 5]);
    assert.deepEqual(proxies.pod, { cpu: 510, memory: (1024 + 32) * 1024 ** 2 });
  });
});
