import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ALERT_DEFAULTS } from "../../../components/platform/alert-settings.ts";
import type { PlatformCapabilities } from "../../../components/core/platform-capabilities.ts";
import { Platform, type PlatformArgs } from "../../../components/platform/index.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { byName, byType, type Recording } from "../../../plan/recording.ts";
import { platformCluster } from "../../support/platform-cluster.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const CLUSTER = platformCluster({
  loadBalancerAnnotations: {
    public: { "example.com/scheme": "internet-facing" },
    internal: { "example.com/scheme": "internal" },
  },
  networkPeers: {
    ...platformCluster().networkPeers,
    dns: [{ cidr: "10.0.0.10/32", ports: [{ port: 53, protocol: "UDP" }] }],
  },
});

const ARGS: PlatformArgs = {
  guard: "strict",
  certManager: { enabled: true, replicas: 2, acmeEmail: "ops@studio.test" },
  ingressNginx: { enabled: true, replicas: 3, exposure: "public" },
  monitoring: {
    enabled: true,
    replicas: 2,
    retentionDays: 30,
    prometheusStorage: "100Gi",
    alerts: { ...ALERT_DEFAULTS, slack: "warning" },
  },
  alertSecrets: { slackUrl: pulumi.secret("https://slack.invalid/test") },
  metricsServer: { enabled: true, replicas: 2, kubeletInsecureTls: false },
  prometheusAdapter: { enabled: true, replicas: 2 },
  verticalPodAutoscaler: { enabled: true },
  admission: { enabled: true, allowedRegistries: [] },
  clusterAutoscaler: { enabled: true, replicas: 2 },
  loadBalancerController: { enabled: true, replicas: 2 },
  externalDns: { enabled: false, policy: "upsert-only" },
  velero: PLATFORM_DEFAULTS.velero,
  postgresOperator: PLATFORM_DEFAULTS.postgresOperator,
  externalSecrets: PLATFORM_DEFAULTS.externalSecrets,
  sealedSecrets: PLATFORM_DEFAULTS.sealedSecrets,
  logging: PLATFORM_DEFAULTS.logging,
  tracing: PLATFORM_DEFAULTS.tracing,
  cluster: CLUSTER,
};

type AddOn =
  | "certManager"
  | "ingressNginx"
  | "monitoring"
  | "metricsServer"
  | "prometheusAdapter"
  | "verticalPodAutoscaler";

/** The arguments with only these add-ons on, beside what strict does not let one turn off. */
const only = (...addOns: AddOn[]): PlatformArgs => ({
  ...ARGS,
  certManager: { ...ARGS.certManager, enabled: addOns.includes("certManager") },
  ingressNginx: { ...ARGS.ingressNginx, enabled: addOns.includes("ingressNginx") },
  monitoring: { ...ARGS.monitoring, enabled: addOns.includes("monitoring") },
  metricsServer: { ...ARGS.metricsServer, enabled: addOns.includes("metricsServer") },
  prometheusAdapter: { ...ARGS.prometheusAdapter, enabled: addOns.includes("prometheusAdapter") },
  verticalPodAutoscaler: { enabled: addOns.includes("verticalPodAutoscaler") },
});

interface RecordedPlatform {
  readonly recording: Recording;
  readonly capabilities: PlatformCapabilities;
  readonly namespaces: readonly string[];
}

async function recordPlatform(args: PlatformArgs = ARGS): Promise<RecordedPlatform> {
  let platform: Platform | undefined;
  const recording = await recordOn(({ providers }) => {
    platform = new Platform("platform", args, { providers });
  });
  assert.ok(platform);
  const { capabilities, namespaces } = platform;
  return { recording, capabilities, namespaces };
}

/** Logical names of the releases, and for each the releases that come before it. */
function releaseOrder(recording: Recording): Record<string, string[]> {
  const releases = byType(recording, "kubernetes:helm.sh/v3:Release");
  return Object.fromEntries(
    releases.map((release) => [
      release.name,
      dependencyNames(release).filter((name) => name.endsWith("-release")),
    ]),
  );
}

/** A value of a release, by dotted path. */
function value(recording: Recording, release: string, path: string): unknown {
  const { values } = byName(recording, release).inputs;
  return path
    .split(".")
    .reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], values);
}

const logicalNames = (resources: readonly pulumi.Resource[] = []) =>
  resources.map((resource) => (resource as unknown as { __name: string }).__name);

describe("Platform", () => {
  it("tells the systems where public images are mirrored", async () => {
    const imageMirrorPrefix = "registry.example.com/mirror";
    const { capabilities } = await recordPlatform({ ...ARGS, imageMirrorPrefix });
    assert.equal(capabilities.imageMirrorPrefix, imageMirrorPrefix);
    assert.ok(!("imageMirrorPrefix" in (await recordPlatform()).capabilities));
  });

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
    assert.equal(value(recording, "platform-ingress-nginx-release", nginx), false);
    const operator = "prometheusOperator.admissionWebhooks.certManager.enabled";
    assert.equal(value(recording, "platform-monitoring-release", operator), false);
  });

  it("without monitoring: no definitions, and nobody asks to be watched", async () => {
    const { recording } = await recordPlatform(only("certManager", "ingressNginx"));
    assert.deepEqual(releaseOrder(recording), {
      "platform-cert-manager-release": [],
      "platform-ingress-nginx-release": ["platform-cert-manager-release"],
    });
    const servicemonitor = "prometheus.servicemonitor.enabled";
    assert.equal(value(recording, "platform-cert-manager-release", servicemonitor), false);
    const metrics = "controller.metrics.serviceMonitor.enabled";
    assert.equal(value(recording, "platform-ingress-nginx-release", metrics), false);
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
        value(recording, "platform-ingress-nginx-release", path),
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
      assert.equal(value(recording, "platform-cert-manager-release", "crds.keep"), keep);
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

describe("capabilities of the platform", () => {
  const dns = {
    pods: {
      namespaceLabels: { "kubernetes.io/metadata.name": "kube-system" },
      podLabels: { "k8s-app": "kube-dns" },
    },
    addresses: CLUSTER.networkPeers.dns,
  };
  const always = {
    logs: false,
    priorityClasses: { data: "slipway-data", frontDoor: "slipway-front-door" },
    secretBackend: "native",
    podSecurity: "restricted",
  };

  it("everything on: class, issuers, monitors and who comes in, with what to wait for", async () => {
    const { ingress, issuers, monitors, ...rest } = (await recordPlatform()).capabilities;
    assert.equal(ingress?.className, "nginx");
    assert.deepEqual(logicalNames(ingress.ready), ["platform-ingress-nginx-release"]);
    assert.deepEqual(issuers?.names, ["letsencrypt-prod", "letsencrypt-staging", "selfsigned"]);
    assert.deepEqual(logicalNames(issuers.ready), [
      "platform-cert-manager-issuer-letsencrypt-prod",
      "platform-cert-manager-issuer-letsencrypt-staging",
      "platform-cert-manager-issuer-selfsigned",
    ]);
    assert.deepEqual(logicalNames(monitors?.ready), ["platform-monitoring-release"]);
    assert.deepEqual(rest, {
      ...always,
      customMetrics: true,
      networkPeers: {
        ingressController: {
          namespaceLabels: { "kubernetes.io/metadata.name": "ingress-nginx" },
          podLabels: {
            "app.kubernetes.io/name": "ingress-nginx",
            "app.kubernetes.io/component": "controller",
          },
        },
        monitoring: {
          namespaceLabels: { "kubernetes.io/metadata.name": "monitoring" },
          podLabels: {
            "app.kubernetes.io/name": "prometheus",
            "operator.prometheus.io/name": "prometheus-kube-prometheus-prometheus",
          },
        },
        dns,
      },
    });
  });

  it("nothing on: DNS, and what needs no add-on", async () => {
    const { capabilities } = await recordPlatform(only());
    assert.deepEqual(capabilities, { ...always, customMetrics: false, networkPeers: { dns } });
  });

  it("cert-manager alone: the issuer that needs no ingress", async () => {
    const { capabilities } = await recordPlatform(only("certManager"));
    assert.deepEqual(capabilities.issuers?.names, ["selfsigned"]);
  });

  it("relaxed: systems may run pods of the baseline level", async () => {
    const { capabilities } = await recordPlatform({ ...ARGS, guard: "relaxed" });
    assert.equal(capabilities.podSecurity, "baseline");
  });

  it("the class and the issuers that it names are made under these names", async () => {
    const { recording, capabilities } = await recordPlatform();
    const path = "controller.ingressClassResource.name";
    assert.equal(
      value(recording, "platform-ingress-nginx-release", path),
      capabilities.ingress?.className,
    );
    const made = byType(recording, "kubernetes:cert-manager.io/v1:ClusterIssuer").map(
      ({ inputs }) => (inputs["metadata"] as { name: string }).name,
    );
    assert.deepEqual(made.toSorted(), capabilities.issuers?.names.toSorted());
  });
});
