import assert from "node:assert/strict";
import { Route, routeUrl, type RouteArgs } from "../../../components/workloads/index.ts";
import { byName } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { dependencyNames, outline, recordOn, type Ground } from "../../support/recorded-program.ts";
import { routeArgs } from "../../support/workload-fixtures.ts";

function recordRoute(change: Partial<RouteArgs>, tls = true) {
  return recordOn(({ providers, earlier }: Ground) => {
    const { ingress, issuers } = fullCapabilities(earlier);
    const certificate = { issuer: "letsencrypt-prod", secretName: "studio-tls", issuers };
    const args = { ...routeArgs, ingress, ...(tls ? { tls: certificate } : {}), ...change };
    return new Route("route", args, { providers });
  });
}

describe("Route", () => {
  it("makes an Ingress, and lets the controller at what proves the host to be ours", async () => {
    const recording = await recordRoute({});
    assert.deepEqual(outline(recording), [
      "Ingress route-ingress",
      "NetworkPolicy route-challenge-policy",
      "Route route",
    ]);
    assert.deepEqual(byName(recording, "route-challenge-policy").inputs["spec"], {
      podSelector: { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" },
              },
              podSelector: { matchLabels: { "app.kubernetes.io/component": "controller" } },
            },
          ],
          ports: [{ protocol: "TCP", port: 8089 }],
        },
      ],
    });
  });

  it("comes after the controller and the issuers, and goes before them", async () => {
    assert.deepEqual(dependencyNames(byName(await recordRoute({}), "route-ingress")), [
      "test-earlier",
    ]);
  });

  it("describes host, paths, certificate and limits in the Ingress", async () => {
    const backend = { name: "backend-service", port: 8000 };
    const paths: RouteArgs["paths"] = [
      { path: "/health", match: "Exact", service: backend },
      { path: "/", service: { name: "frontend-service", port: 80 } },
    ];
    const { inputs } = byName(await recordRoute({ paths }), "route-ingress");
    assert.deepEqual(inputs["metadata"], {
      name: "studio-ingress",
      namespace: "studio",
      labels: {
        "app.kubernetes.io/name": "kaizen-studio",
        "app.kubernetes.io/component": "route",
        "app.kubernetes.io/managed-by": "slipway",
      },
      annotations: {
        "pulumi.com/skipAwait": "true",
        "cert-manager.io/cluster-issuer": "letsencrypt-prod",
        "nginx.ingress.kubernetes.io/ssl-redirect": "true",
        "nginx.ingress.kubernetes.io/limit-rps": "100",
        "nginx.ingress.kubernetes.io/proxy-body-size": "100m",
        "nginx.ingress.kubernetes.io/proxy-read-timeout": "600",
        "nginx.ingress.kubernetes.io/proxy-send-timeout": "600",
      },
    });
    assert.deepEqual(inputs["spec"], {
      ingressClassName: "nginx",
      tls: [{ hosts: ["studio.test"], secretName: "studio-tls" }],
      rules: [
        {
          host: "studio.test",
          http: {
            paths: [
              {
                path: "/health",
                pathType: "Exact",
                backend: { service: { name: "backend-service", port: { number: 8000 } } },
              },
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "frontend-service", port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    });
  });

  it("asks for no certificate where none is to be had", async () => {
    const recording = await recordRoute({}, false);
    assert.deepEqual(outline(recording), ["Ingress route-ingress", "Route route"]);
    const { metadata, spec } = byName(recording, "route-ingress").inputs as {
      metadata: { annotations: Record<string, string> };
      spec: object;
    };
    assert.ok(!("tls" in spec));
    assert.ok(!("cert-manager.io/cluster-issuer" in metadata.annotations));
    assert.equal(metadata.annotations["nginx.ingress.kubernetes.io/ssl-redirect"], "false");
    assert.equal(routeUrl({ host: "studio.test" }), "http://studio.test");
  });

  it("takes other limits", async () => {
    const change = { requestsPerSecond: 50, maxBodyMiB: 1, timeoutSeconds: 30 };
    const { metadata } = byName(await recordRoute(change), "route-ingress").inputs as {
      metadata: { annotations: Record<string, string> };
    };
    const of = (name: string) => metadata.annotations[`nginx.ingress.kubernetes.io/${name}`];
    assert.deepEqual(
      ["limit-rps", "proxy-body-size", "proxy-read-timeout", "proxy-send-timeout"].map(of),
      ["50", "1m", "30", "30"],
    );
  });

  it("refuses bad paths, an unknown issuer and limits out of range, all at once", async () => {
    const service = { name: "a", port: 80 };
    const bad = recordOn(({ providers, earlier }) => {
      const { ingress, issuers } = fullCapabilities(earlier);
      const args = {
        ...routeArgs,
        ingress,
        paths: ["/a", "/a", "b(.*)"].map((path) => ({ path, service })),
        tls: { issuer: "letsencrypt", secretName: "tls", issuers },
        requestsPerSecond: 0,
        maxBodyMiB: 20_000,
        timeoutSeconds: 1.5,
      };
      return new Route("route", args, { providers });
    });
    await assert.rejects(bad, {
      message: [
        "Invalid arguments:",
        '1. paths[1].path: got "/a", expected each path once. Leave one of them out.',
        '2. paths[2].path: got "b(.*)", expected a path of letters, digits, dots, dashes and ' +
          "slashes. Start it with a slash; use no pattern.",
        '3. tls.issuer: got "letsencrypt", expected one of letsencrypt-prod, selfsigned. ' +
          "Name an issuer that the platform has.",
        "4. requestsPerSecond: got 0, expected a whole number from 1 to 100000. " +
          "Choose a number in that range.",
        "5. maxBodyMiB: got 20000, expected a whole number from 1 to 10240. " +
          "Choose a number in that range.",
        "6. timeoutSeconds: got 1.5, expected a whole number from 1 to 3600. " +
          "Choose a number in that range.",
      ].join("\n"),
    });
  });
});
