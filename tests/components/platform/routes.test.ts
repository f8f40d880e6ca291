import assert from "node:assert/strict";
import { describeProblem } from "../../../components/core/problem.ts";
import { checkRoutes } from "../../../components/platform/check-routes.ts";
import type { RouteKind } from "../../../components/platform/envoy-gateway-settings.ts";
import { Platform, type PlatformArgs } from "../../../components/platform/index.ts";
import { byName, byType } from "../../../plan/recording.ts";
import { CONTROLLED, platformCluster, ZONE } from "../../support/platform-cluster.ts";
import { alertSecretsOf, PLATFORM_ARGS } from "../../support/platform-fixtures.ts";
import { releaseOrder, valueOf } from "../../support/recorded-platform.ts";
import { recordOn } from "../../support/recorded-program.ts";

const GATEWAY = { ...PLATFORM_ARGS.envoyGateway, enabled: true };
const NGINX = { ...PLATFORM_ARGS.ingressNginx, enabled: false };
const args = (routes: RouteKind, change: Partial<PlatformArgs> = {}): PlatformArgs => ({
  ...PLATFORM_ARGS,
  envoyGateway: GATEWAY,
  routes,
  ...change,
});

/** Recorded with what makes secrets of the alerts, which needs a program around it. */
async function record(of: PlatformArgs) {
  let platform: Platform | undefined;
  const recording = await recordOn(({ providers }) => {
    platform = new Platform("platform", { ...of, alertSecrets: alertSecretsOf() }, { providers });
  });
  assert.ok(platform);
  return { recording, capabilities: platform.capabilities };
}

describe("what routes are made of", () => {
  const namesOf = (peers: readonly { namespaceLabels: Readonly<Record<string, string>> }[] = []) =>
    peers.map(({ namespaceLabels }) => namespaceLabels["kubernetes.io/metadata.name"]);

  const kinds: [RouteKind, className: string | undefined, gateway: string | undefined, string[]][] =
    [
      ["ingress", "nginx", undefined, ["ingress-nginx"]],
      ["both", "nginx", "platform", ["ingress-nginx", "envoy-gateway-system"]],
      ["gateway", undefined, "platform", ["envoy-gateway-system"]],
    ];
  for (const [routes, className, gateway, namespaces] of kinds) {
    it(`${routes}: systems are told of that, and let in who serves it`, async () => {
      const { capabilities } = await record(args(routes));
      assert.equal(capabilities.ingress?.className, className);
      assert.equal(capabilities.ingress?.gateway?.name, gateway);
      assert.equal(capabilities.ingress?.ready.length, namespaces.length);
      assert.deepEqual(namesOf(capabilities.networkPeers.ingressController), namespaces);
    });
  }

  it("the proxies are the peer, by labels that their controller gives them", async () => {
    const { capabilities } = await record(args("gateway"));
    const [peer] = capabilities.networkPeers.ingressController ?? [];
    assert.deepEqual(peer?.podLabels, {
      "app.kubernetes.io/name": "envoy",
      "app.kubernetes.io/component": "proxy",
      "app.kubernetes.io/managed-by": "envoy-gateway",
    });
  });

  it("challenges are answered where names lead: by the Ingress while there are both", async () => {
    for (const [routes, solver] of [
      ["ingress", "ingress"],
      ["both", "ingress"],
      ["gateway", "gatewayHTTPRoute"],
    ] as const) {
      const { recording } = await record(args(routes));
      const { spec } = byName(recording, "platform-cert-manager-issuer-letsencrypt-prod")
        .inputs as { spec: { acme: { solvers: { http01?: object }[] } } };
      const [http01] = spec.acme.solvers.flatMap((found) => found.http01 ?? []);
      assert.deepEqual(Object.keys(http01 ?? {}), [solver]);
    }
  });

  it("the answer attaches to the listener for plain HTTP", async () => {
    const { recording } = await record(args("gateway", { ingressNginx: NGINX }));
    const { spec } = byName(recording, "platform-cert-manager-issuer-letsencrypt-prod").inputs;
    assert.match(
      JSON.stringify(spec),
      /"gatewayHTTPRoute":\{"parentRefs":\[\{"kind":"Gateway","name":"platform","namespace":"envoy-gateway-system","sectionName":"http"\}\],"serviceType":"ClusterIP"\}/,
    );
    assert.deepEqual(valueOf(recording, "platform-cert-manager-release", "config"), {
      gatewayAPI: { enabled: true },
    });
    assert.ok(!byType(recording, "kubernetes:helm.sh/v3:Release").some(isNginx));
  });

  it("hosts of both kinds are written into the zone", async () => {
    const sources = async (of: PlatformArgs) =>
      valueOf((await record(of)).recording, "platform-external-dns-release", "sources");
    assert.deepEqual(await sources(PLATFORM_ARGS), ["service", "ingress"]);
    assert.deepEqual(await sources(args("both")), ["service", "ingress", "gateway-httproute"]);
  });

  const refused: [string, Partial<PlatformArgs>, string][] = [
    [
      "gateway without Envoy Gateway",
      { routes: "gateway" },
      'routes: got "gateway", expected ingress, because envoyGateway is off and nothing serves the ' +
        "Gateway API. Turn envoyGateway on, or let routes be ingress.",
    ],
    [
      "both without Envoy Gateway",
      { routes: "both" },
      'routes: got "both", expected ingress, because envoyGateway is off and nothing serves the ' +
        "Gateway API. Turn envoyGateway on, or let routes be ingress.",
    ],
    [
      "both without ingress-nginx",
      { routes: "both", envoyGateway: GATEWAY, ingressNginx: NGINX },
      'routes: got "both", expected gateway, because ingressNginx is off and envoyGateway is on. Let ' +
        "routes be gateway, or turn ingressNginx on.",
    ],
    [
      "ingress with Envoy Gateway alone",
      { envoyGateway: GATEWAY, ingressNginx: NGINX },
      'routes: got "ingress", expected gateway, because ingressNginx is off and envoyGateway is on. ' +
        "Let routes be gateway, or turn ingressNginx on.",
    ],
  ];
  for (const [title, change, message] of refused) {
    it(`refuses ${title}`, () => {
      assert.deepEqual(checkRoutes({ ...PLATFORM_ARGS, ...change }).map(describeProblem), [
        message,
      ]);
    });
  }

  it("is refused by the platform, before anything is made", async () => {
    await assert.rejects(
      record({ ...PLATFORM_ARGS, routes: "gateway" }),
      /1\. routes: got "gateway"/,
    );
  });

  it("allows ingress without any controller: then there are no routes at all", () => {
    assert.deepEqual(checkRoutes({ ...PLATFORM_ARGS, ingressNginx: NGINX }), []);
  });

  it("refuses an internal gateway under strict where nothing makes it internal", async () => {
    const envoyGateway = { ...GATEWAY, exposure: "internal" } as const;
    const cluster = platformCluster({ loadBalancerAnnotations: { public: {}, internal: {} } });
    await assert.rejects(
      record(args("both", { envoyGateway, cluster, externalDns: OFF_DNS })),
      /envoyGateway\.exposure: got "internal", expected public/,
    );
  });
});

const OFF_DNS = { enabled: false, policy: "upsert-only" } as const;
const isNginx = ({ name }: { name: string }) => name.includes("ingress-nginx");

describe("the order of the platform with Envoy Gateway", () => {
  const cluster = platformCluster({ ...CONTROLLED, dns: ZONE });
  const kinds = "platform-monitoring-crds-release";
  const balancer = "platform-load-balancer-controller-release";
  const gateway = "platform-envoy-gateway-release";

  it("load balancers, then the gateway's kinds, then cert-manager, which starts with them", async () => {
    const { recording } = await record(args("gateway", { cluster }));
    const order = releaseOrder(recording);
    assert.deepEqual(order[balancer], [kinds]);
    assert.deepEqual(order[gateway], [balancer, kinds].toSorted());
    assert.deepEqual(order["platform-cert-manager-release"], [balancer, gateway, kinds].toSorted());
    assert.equal(valueOf(recording, balancer, "enableCertManager"), false);
    // Its load balancer is gone with its namespace before what would take it down.
    const { dependencies } = byName(recording, "platform-envoy-gateway-home-namespace");
    assert.ok(dependencies.some((urn) => urn.endsWith(`::${balancer}`)));
  });

  it("without it: cert-manager first, which signs for the controller of load balancers", async () => {
    const { recording } = await record({ ...PLATFORM_ARGS, cluster });
    assert.deepEqual(
      releaseOrder(recording)[balancer],
      ["platform-cert-manager-release", kinds].toSorted(),
    );
    assert.equal(valueOf(recording, balancer, "enableCertManager"), true);
  });

  it("says what a person has to do where the cluster has definitions of its own", async () => {
    const builtIn = { metricsServer: true, verticalPodAutoscaler: true, gatewayApi: true };
    const { recording } = await record(
      args("both", { cluster: platformCluster({ dns: ZONE, builtIn }) }),
    );
    const warnings = recording.diagnostics.filter(({ urn = "" }) =>
      urn.endsWith("platform-envoy-gateway"),
    );
    assert.match(
      warnings.map(({ message }) => message).join("\n"),
      /docs\/runbooks\/ingress-to-gateway/,
    );
    assert.deepEqual(valueOf(recording, gateway, "crds"), { enabled: false });
  });
});
