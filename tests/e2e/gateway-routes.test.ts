import assert from "node:assert/strict";
import { CertManager, EnvoyGateway, HttpGateway } from "../../components/platform/index.ts";
import { GATEWAY_ENTRANCE } from "../../components/platform/http-gateway-objects.ts";
import { Route, SystemNamespace } from "../../components/workloads/index.ts";
import { chartDefinitions } from "../../local/providers/kubernetes/helm/chart-definitions.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { planModel, type PlanModel } from "../../plan/model/plan-model.ts";
import { SURROUNDINGS } from "../support/platform-cluster.ts";
import { recordOn } from "../support/recorded-program.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { strictApi, type StrictApi } from "../support/strict-api.ts";
import { namespaceArgs, routeArgs } from "../support/workload-fixtures.ts";

/** Charts whose definitions are asked for, and a kind of each that is served last. */
const CHARTS = {
  "gateway-helm": ["gateway.envoyproxy.io/v1alpha1", "EnvoyProxy"],
  "cert-manager": ["cert-manager.io/v1", "Certificate"],
  "prometheus-operator-crds": ["monitoring.coreos.com/v1", "PodMonitor"],
} as const;

/** The way in by the Gateway API, what answers challenges by it, and routes with and without TLS. */
async function everything(): Promise<PlanModel> {
  const recording = await recordOn(({ providers }) => {
    const surroundings = SURROUNDINGS;
    const size = { replicas: 2, monitored: true };
    new EnvoyGateway("eg", { ...size, hasDefinitions: false, surroundings }, { providers });
    const loadBalancerAnnotations = { "example.com/scheme": "internal" };
    new HttpGateway("http", { ...size, loadBalancerAnnotations }, { providers });
    new CertManager(
      "certificates",
      {
        ...size,
        acmeEmail: "ops@studio.test",
        httpAnswers: { gateway: GATEWAY_ENTRANCE },
        gatewayApi: true,
        keepDefinitions: true,
        surroundings,
      },
      { providers },
    );
    const home = new SystemNamespace("home", namespaceArgs, { providers });
    const opts = { providers, dependsOn: [home] };
    const ingress = { gateway: GATEWAY_ENTRANCE, ready: [] };
    const issuers = { names: ["letsencrypt-prod"], ready: [] };
    const tls = { issuer: "letsencrypt-prod", secretName: "studio-tls", issuers };
    new Route("route", { ...routeArgs, ingress, tls }, opts);
    const plain = { ingressName: "plain-ingress", host: "plain.test" };
    new Route("plain", { ...routeArgs, ...plain, ingress }, opts);
  });
  const storageClasses = { standard: "standard", fastSsd: "fast-ssd" };
  return planModel(recording, { nodePools: [], storageClasses });
}

/** The object with one value another, by the path to it. */
function changed(object: Manifest, path: readonly (string | number)[], value: unknown): Manifest {
  const copy = structuredClone(object);
  const last = path.at(-1) ?? "";
  const owner = path
    .slice(0, -1)
    .reduce<Record<string | number, unknown>>(
      (found, key) => found[key] as Record<string | number, unknown>,
      copy as unknown as Record<string | number, unknown>,
    );
  owner[last] = value;
  return copy;
}

describe("the API server, asked about routes of the Gateway API", () => {
  let running: RunningStack;
  let api: StrictApi;
  let objects: Manifest[];

  before(async () => {
    running = await startStack("prod", "gateway-routes");
    api = strictApi(running.controlPlane.kubeconfig);
    for (const [chart, [apiVersion, kind]] of Object.entries(CHARTS)) {
      await api.createAll(chartDefinitions(chart));
      await api.untilServed(apiVersion, kind);
    }
    await api.untilServed("gateway.networking.k8s.io/v1", "HTTPRoute");
    const model = await everything();
    objects = model.objects
      .filter(({ name }) => name !== "earlier")
      .map(({ body }) => body as unknown as Manifest);
    await api.createAll(objects.filter(({ kind }) => kind === "Namespace"));
  });

  after(() => running.stop());

  const named = (kind: string, name: string): Manifest => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
    assert.ok(found, `${kind} ${name}`);
    return found;
  };

  it("accepts every object in a dry run with strict field validation", async () => {
    const kinds = new Set(objects.map(({ kind }) => kind));
    for (const kind of [
      "BackendTrafficPolicy",
      "Certificate",
      "ClusterIssuer",
      "EnvoyProxy",
      "Gateway",
      "GatewayClass",
      "HTTPRoute",
      "PodMonitor",
    ]) {
      assert.ok(kinds.has(kind), kind);
    }
    const refusals = await Promise.all(objects.map((object) => api.refusal(object)));
    assert.deepEqual(
      refusals.filter((text) => text !== undefined),
      [],
    );
  });

  const wrong: [kind: string, name: string, path: (string | number)[], value: unknown, RegExp][] = [
    ["HTTPRoute", "studio-ingress", ["spec", "hostname"], "a", /unknown field "spec.hostname"/],
    [
      "HTTPRoute",
      "studio-ingress",
      ["spec", "rules", 0, "timeouts", "request"],
      "600",
      /timeouts\.request/,
    ],
    ["Gateway", "studio-ingress", ["spec", "listeners", 0, "protocol"], "HTTP", /tls must not be/],
    [
      "EnvoyProxy",
      "envoy",
      ["spec", "provider", "kubernetes", "envoyService", "annotation"],
      {},
      /unknown field/,
    ],
    [
      "BackendTrafficPolicy",
      "studio-ingress",
      ["spec", "requestBuffer", "limit"],
      "0Mi",
      /requestBuffer\.limit/,
    ],
    [
      "BackendTrafficPolicy",
      "studio-ingress",
      ["spec", "targetRefs", 0, "kind"],
      "Ingress",
      /can only have a targetRefs/,
    ],
  ];
  for (const [kind, name, path, value, why] of wrong) {
    it(`refuses ${path.join(".")} of ${kind} as ${JSON.stringify(value)}`, async () => {
      const object = named(kind, name);
      assert.equal(await api.refusal(object), undefined);
      assert.match((await api.refusal(changed(object, path, value))) ?? "accepted", why);
    });
  }
});
