import assert from "node:assert/strict";
import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { EnvoyGateway, HttpGateway } from "../../../components/platform/index.ts";
import {
  envoyGatewayValues,
  type EnvoyGatewayValuesArgs,
} from "../../../components/platform/envoy-gateway-values.ts";
import { envoyProxy } from "../../../components/platform/http-gateway-objects.ts";
import { byName } from "../../../plan/recording.ts";
import { SURROUNDINGS } from "../../support/platform-cluster.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const resources = ADD_ON_RESOURCES.envoyGateway;
const VALUES: EnvoyGatewayValuesArgs = { replicas: 1, hasDefinitions: false };

describe("EnvoyGateway", () => {
  const recordGateway = (monitored: boolean) =>
    recordOn(({ providers, earlier }) => {
      const args = { ...VALUES, monitored, surroundings: SURROUNDINGS };
      new EnvoyGateway("eg", args, { providers, dependsOn: [earlier] });
    });

  it("makes a namespace and a release in it, from a registry, with its kinds", async () => {
    const recording = await recordGateway(true);
    assert.deepEqual(outline(recording), [
      "AddOnNamespace eg-home",
      "EnvoyGateway eg",
      "LimitRange eg-home-limits",
      "Namespace eg-home-namespace",
      "NetworkPolicy eg-home-traffic",
      "PodMonitor eg-monitor",
      "Release eg-release",
    ]);
    const release = byName(recording, "eg-release");
    assert.deepEqual(dependencyNames(release), [
      "eg-home-limits",
      "eg-home-namespace",
      "eg-home-traffic",
      "test-earlier",
    ]);
    const { chart, version, repositoryOpts, name, namespace, skipCrds } = release.inputs;
    assert.equal(chart, "oci://docker.io/envoyproxy/gateway-helm");
    assert.equal(repositoryOpts, undefined);
    assert.deepEqual(
      [version, name, namespace, skipCrds],
      ["v1.9.0", "eg", "envoy-gateway-system", false],
    );
  });

  it("lets everybody at the proxies' own ports, and the proxies at every pod", async () => {
    const recording = await recordGateway(false);
    const { spec } = byName(recording, "eg-home-traffic").inputs as {
      spec: { ingress: object[]; egress: object[] };
    };
    const ports = [10_080, 10_443].map((port) => ({ protocol: "TCP", port }));
    assert.deepEqual(spec.ingress[1], { ports });
    assert.deepEqual(spec.egress.at(-1), { to: [{ namespaceSelector: {} }] });
    assert.ok(!outline(recording).join().includes("PodMonitor"));
  });
});

describe("envoyGatewayValues", () => {
  it("makes a controller with sizes, without a webhook", () => {
    assert.deepEqual(envoyGatewayValues(VALUES), {
      crds: { enabled: true },
      deployment: {
        replicas: 1,
        priorityClassName: "slipway-platform",
        envoyGateway: { resources: resources.controller },
        pod: { topologySpreadConstraints: [] },
      },
      podDisruptionBudget: { minAvailable: 0 },
      certgen: { job: { resources: resources.certificateJob } },
      topologyInjector: { enabled: false },
    });
  });

  it("leaves definitions to a cluster that has its own", () => {
    assert.deepEqual(envoyGatewayValues({ ...VALUES, hasDefinitions: true })["crds"], {
      enabled: false,
    });
  });

  for (const [replicas, controllers, minAvailable] of [
    [1, 1, 0],
    [2, 2, 1],
    [9, 2, 1],
  ] as const) {
    it(`${replicas} proxies have ${controllers} controllers, of which ${minAvailable} stays`, () => {
      const { deployment, podDisruptionBudget } = envoyGatewayValues({ ...VALUES, replicas });
      assert.equal((deployment as { replicas: number }).replicas, controllers);
      assert.deepEqual(podDisruptionBudget, { minAvailable });
    });
  }
});

describe("HttpGateway", () => {
  const loadBalancerAnnotations = { "example.com/scheme": "internal" };
  const recordEntrance = (monitored: boolean) =>
    recordOn(({ providers, earlier }) => {
      const args = { replicas: 2, loadBalancerAnnotations, monitored };
      new HttpGateway("http", args, { providers, dependsOn: [earlier] });
    });

  it("makes proxies, their class and a Gateway for plain HTTP, one after the other", async () => {
    const recording = await recordEntrance(true);
    assert.deepEqual(outline(recording), [
      "EnvoyProxy http-proxy",
      "Gateway http-gateway",
      "GatewayClass http-class",
      "HttpGateway http",
      "PodMonitor http-monitor",
    ]);
    const after = (name: string) => dependencyNames(byName(recording, name));
    assert.deepEqual(after("http-proxy"), ["test-earlier"]);
    assert.deepEqual(after("http-class"), ["http-proxy", "test-earlier"]);
    assert.deepEqual(after("http-gateway"), ["http-class", "test-earlier"]);
    const { spec } = byName(recording, "http-gateway").inputs;
    assert.deepEqual(spec, {
      gatewayClassName: "envoy",
      listeners: [
        {
          name: "http",
          port: 80,
          protocol: "HTTP",
          allowedRoutes: { namespaces: { from: "All" } },
        },
      ],
    });
    assert.ok(
      !outline(await recordEntrance(false))
        .join()
        .includes("PodMonitor"),
    );
  });

  const kubernetesOf = (replicas: number) => {
    const { spec } = envoyProxy({ replicas, loadBalancerAnnotations }) as unknown as {
      spec: { mergeGateways: boolean; provider: { kubernetes: Record<string, object> } };
    };
    assert.equal(spec.mergeGateways, true);
    return spec.provider.kubernetes;
  };

  it("gives all Gateways of the class one load balancer, as the cluster says", () => {
    assert.deepEqual(kubernetesOf(2)["envoyService"], {
      name: "envoy",
      type: "LoadBalancer",
      annotations: loadBalancerAnnotations,
      externalTrafficPolicy: "Local",
    });
  });

  it("runs proxies that the level restricted lets in, and keeps all but one of them", () => {
    const { envoyDeployment, envoyPDB } = kubernetesOf(3);
    const { container, pod, replicas } = envoyDeployment as unknown as {
      replicas: number;
      container: { resources: object; securityContext: object };
      pod: { securityContext: object; topologySpreadConstraints: object[] };
    };
    assert.equal(replicas, 3);
    assert.deepEqual(container.resources, resources.proxy);
    assert.deepEqual(container.securityContext, {
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      runAsUser: 65_532,
      runAsGroup: 65_532,
    });
    assert.equal(pod.topologySpreadConstraints.length, 2);
    assert.deepEqual(envoyPDB, { minAvailable: 2 });
    assert.equal(kubernetesOf(1)["envoyPDB"], undefined);
  });
});
