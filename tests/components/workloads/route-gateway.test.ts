import assert from "node:assert/strict";
import type { GatewayEntrance } from "../../../components/core/platform-capabilities.ts";
import { Connections, Route, type RouteArgs } from "../../../components/workloads/index.ts";
import { byName } from "../../../plan/recording.ts";
import { fullCapabilities, INGRESS_CONTROLLER } from "../../support/capabilities.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { PLACE, routeArgs } from "../../support/workload-fixtures.ts";

const GATEWAY: GatewayEntrance = {
  className: "envoy",
  namespace: "envoy-gateway-system",
  name: "platform",
  httpListener: "http",
};
const PROXIES = {
  namespaceLabels: { "kubernetes.io/metadata.name": "envoy-gateway-system" },
  podLabels: { "app.kubernetes.io/name": "envoy" },
};

function recordRoute(
  change: Partial<RouteArgs> = {},
  { className, tls = true }: { className?: string; tls?: boolean } = {},
) {
  return recordOn(({ providers, earlier }) => {
    const { issuers } = fullCapabilities(earlier);
    const ingress = {
      ...(className === undefined ? {} : { className }),
      gateway: GATEWAY,
      ready: [earlier],
    };
    const certificate = { issuer: "letsencrypt-prod", secretName: "studio-tls", issuers };
    const args = { ...routeArgs, ingress, controller: [PROXIES], ...change };
    return new Route("route", { ...args, ...(tls ? { tls: certificate } : {}) }, { providers });
  });
}

const specOf = async (name: string, ...args: Parameters<typeof recordRoute>) =>
  byName(await recordRoute(...args), name).inputs["spec"];

describe("Route by the Gateway API", () => {
  it("makes host, certificate, routes and limits, and no Ingress", async () => {
    const recording = await recordRoute();
    assert.deepEqual(outline(recording), [
      "BackendTrafficPolicy route-traffic-policy",
      "Certificate route-certificate",
      "Gateway route-gateway",
      "HTTPRoute route-http-route",
      "HTTPRoute route-redirect",
      "NetworkPolicy route-challenge-policy",
      "Route route",
    ]);
    for (const part of ["certificate", "gateway", "http-route", "redirect", "traffic-policy"]) {
      assert.deepEqual(dependencyNames(byName(recording, `route-${part}`)), ["test-earlier"]);
    }
  });

  it("makes both while a stack moves, whose certificates do not meet", async () => {
    const recording = await recordRoute({}, { className: "nginx" });
    assert.ok(outline(recording).includes("Ingress route-ingress"));
    const { tls } = byName(recording, "route-ingress").inputs["spec"] as {
      tls: { secretName: string }[];
    };
    const { secretName } = byName(recording, "route-certificate").inputs["spec"] as {
      secretName: string;
    };
    assert.deepEqual([tls[0]?.secretName, secretName], ["studio-tls", "studio-tls-gateway"]);
  });

  it("brings a Gateway of its own, for its host and its namespace alone", async () => {
    assert.deepEqual(await specOf("route-gateway"), {
      gatewayClassName: "envoy",
      listeners: [
        {
          name: "https",
          port: 443,
          protocol: "HTTPS",
          hostname: "studio.test",
          tls: {
            mode: "Terminate",
            certificateRefs: [{ kind: "Secret", name: "studio-tls-gateway" }],
          },
          allowedRoutes: { namespaces: { from: "Same" } },
        },
      ],
    });
    assert.deepEqual(await specOf("route-certificate"), {
      secretName: "studio-tls-gateway",
      dnsNames: ["studio.test"],
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt-prod" },
    });
  });

  it("sends paths to Services, and whoever comes over plain HTTP to HTTPS", async () => {
    const paths: RouteArgs["paths"] = [
      { path: "/health", match: "Exact", service: { name: "backend-service", port: 8000 } },
      { path: "/", service: { name: "frontend-service", port: 80 } },
    ];
    const timeouts = { request: "0s" };
    assert.deepEqual(await specOf("route-http-route", { paths }), {
      parentRefs: [{ name: "studio-ingress", sectionName: "https" }],
      hostnames: ["studio.test"],
      rules: [
        {
          matches: [{ path: { type: "Exact", value: "/health" } }],
          backendRefs: [{ name: "backend-service", port: 8000 }],
          timeouts,
        },
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [{ name: "frontend-service", port: 80 }],
          timeouts,
        },
      ],
    });
    assert.deepEqual(await specOf("route-redirect"), {
      parentRefs: [{ namespace: "envoy-gateway-system", name: "platform", sectionName: "http" }],
      hostnames: ["studio.test"],
      rules: [
        {
          filters: [
            {
              type: "RequestRedirect",
              requestRedirect: { scheme: "https", statusCode: 301 },
            },
          ],
        },
      ],
    });
  });

  it("limits what one client may ask, send and leave waiting", async () => {
    const change = { requestsPerSecond: 50, maxBodyMiB: 1, timeoutSeconds: 30 };
    assert.deepEqual(await specOf("route-traffic-policy", change), {
      targetRefs: [
        { group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: "studio-ingress" },
      ],
      rateLimit: {
        local: {
          rules: [
            {
              clientSelectors: [{ sourceCIDR: { type: "Distinct", value: "0.0.0.0/0" } }],
              limit: { requests: 50, unit: "Second" },
            },
          ],
        },
      },
      requestBuffer: { limit: "1Mi" },
      timeout: { http: { streamIdleTimeout: "30s" } },
    });
  });

  it("without a certificate: by the platform's listener, without a Gateway of its own", async () => {
    const recording = await recordRoute({}, { tls: false });
    assert.deepEqual(outline(recording), [
      "BackendTrafficPolicy route-traffic-policy",
      "HTTPRoute route-http-route",
      "Route route",
    ]);
    const { parentRefs } = byName(recording, "route-http-route").inputs["spec"] as {
      parentRefs: object[];
    };
    assert.deepEqual(parentRefs, [
      { namespace: "envoy-gateway-system", name: "platform", sectionName: "http" },
    ]);
  });

  it("refuses more paths than an HTTPRoute takes, for an Ingress too", async () => {
    const service = { name: "a", port: 80 };
    const paths = Array.from({ length: 17 }, (_, index) => ({ path: `/p${index}`, service }));
    await assert.rejects(
      recordRoute({ paths, ingress: { className: "nginx", ready: [] } }),
      /paths: got 17, expected at most 16 paths\. Let one path stand for what lies below it\./,
    );
  });
});

describe("who brings HTTP in", () => {
  const from = (...namespaces: string[]) =>
    namespaces.map((name) => ({ "kubernetes.io/metadata.name": name }));
  const labelsIn = (spec: unknown) => {
    const { ingress } = spec as {
      ingress: { from: { namespaceSelector: { matchLabels: object } }[] }[];
    };
    return ingress.flatMap((rule) =>
      rule.from.map(({ namespaceSelector }) => namespaceSelector.matchLabels),
    );
  };
  const both = [INGRESS_CONTROLLER, PROXIES];

  it("may fetch answers to challenges, one or both", async () => {
    const policy = "route-challenge-policy";
    const spec = await specOf(policy, { controller: both }, { className: "nginx" });
    assert.deepEqual(labelsIn(spec), from("ingress-nginx", "envoy-gateway-system"));
  });

  it("is one rule of a connection", async () => {
    const recording = await recordOn(({ providers }) => {
      const allowed = [{ from: { pods: both }, to: { part: "backend" }, port: 8000 }];
      new Connections("connections", { ...PLACE, allowed }, { providers });
    });
    const { spec } = byName(recording, "connections-backend-policy").inputs;
    assert.deepEqual(labelsIn(spec), from("ingress-nginx", "envoy-gateway-system"));
    assert.equal((spec as { ingress: object[] }).ingress.length, 1);
  });
});
