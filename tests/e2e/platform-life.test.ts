import assert from "node:assert/strict";
import path from "node:path";
import type { KubernetesObject, V1Service } from "@kubernetes/client-node";
import semver from "semver";
import { CHARTS, type ChartPin } from "../../components/platform/charts.ts";
import { engine, type Engine } from "../../local/engine/index.ts";
import { chartDefinitions } from "../../local/providers/kubernetes/helm/chart-definitions.ts";
import { nameOf } from "../../local/providers/kubernetes/manifest.ts";
import { viewCluster, type ClusterView } from "../support/cluster-inventory.ts";
import { comparableEntry, comparableState } from "../support/comparable-state.ts";
import { review, succeeded } from "../support/engine-review.ts";
import { installedReleases } from "../support/installed-releases.ts";
import { planOfStack } from "../support/plan-of-stack.ts";
import { copyProject, editCopy } from "../support/project-copy.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";

const PLATFORM = "slipway:platform";

/** What the local stack leaves off, and a cluster of kind existing can have. */
const OFF_IN_LOCAL = [
  "prometheusAdapter",
  "verticalPodAutoscaler",
  "postgresOperator",
  "sealedSecrets",
  "logging",
  "tracing",
  "envoyGateway",
];

/** Charts that need the API, a store or the zone of a cloud. */
const OF_CLOUDS = [
  "clusterAutoscaler",
  "loadBalancerController",
  "externalDns",
  "velero",
  "externalSecrets",
];

const described = ({ namespace, releaseName, chart, version }: ChartPin, revision = 1) =>
  `${namespace}/${releaseName}: ${chart} ${version}, revision ${revision}, deployed`;

const EXPECTED = Object.entries(CHARTS)
  .filter(([name]) => !OF_CLOUDS.includes(name))
  .map(([, pin]) => described(pin));

const newerCertManager = `v${semver.inc(CHARTS.certManager.version, "patch") ?? ""}`;

const RULES = ["slipway-container-sizes", "slipway-image-tag", "slipway-no-host"];

/**
 * Charts whose definitions outlive the platform: guard strict keeps cert-manager's, those of the operator
 * for PostgreSQL keep their own, and Helm deletes none that lie in a folder crds.
 */
const KEPT = [
  "cert-manager",
  "cloudnative-pg",
  "gateway-helm",
  "plugin-barman-cloud",
  "sealed-secrets",
  "vpa",
];

/** The definitions of these charts, and what the API server itself makes of each of their groups. */
function kept(): string[] {
  const definitions = KEPT.flatMap((chart) => chartDefinitions(chart));
  const objects = definitions.flatMap((definition) => {
    const { group, versions } = definition["spec"] as unknown as Definition;
    return [
      `apiextensions.k8s.io/v1/CustomResourceDefinition ${nameOf(definition)}`,
      ...versions
        .filter(({ served }) => served)
        .map(({ name }) => `apiregistration.k8s.io/v1/APIService ${name}.${group}`),
    ];
  });
  return [...new Set(objects)].toSorted();
}

interface Definition {
  readonly group: string;
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

// The tests are one story: each begins where the one before it ended.
describe("the whole platform on the real engine and API server", () => {
  let stack: RunningStack;
  let pulumi: Engine;
  let cluster: ClusterView;
  let atFirst: string[];

  const releases = async () =>
    [...(await installedReleases(cluster)).values()].map(
      ({ namespace, name, chart, revision, status }) =>
        `${namespace}/${name}: ${chart}, revision ${revision}, ${status}`,
    );
  const previewed = async () => review(succeeded(await pulumi.preview()));
  const turn = (addOn: string, on: boolean) => {
    stack.set([PLATFORM, addOn, "enabled"], on);
  };

  /** The releases that `up` takes away and those that it brings; one that it changes is in both. */
  async function touchedReleases(): Promise<Record<"gone" | "come", string[]>> {
    const earlier = await releases();
    succeeded(await pulumi.up());
    const later = await releases();
    return {
      gone: earlier.filter((release) => !later.includes(release)),
      come: later.filter((release) => !earlier.includes(release)),
    };
  }

  /** Name and uid of all of a kind: one that was made anew has another. */
  async function identities(apiVersion: string, kind: string): Promise<string[]> {
    const all = await cluster.list<KubernetesObject>(apiVersion, kind);
    return all.map(({ metadata }) => `${metadata?.name ?? ""} ${metadata?.uid ?? ""}`).toSorted();
  }

  async function loadBalancers(): Promise<V1Service[]> {
    const services = await cluster.list<V1Service>("v1", "Service");
    return services.filter(({ spec }) => spec?.type === "LoadBalancer");
  }

  before(async () => {
    stack = await startStack("local", "platform-life");
    pulumi = stack.engine;
    cluster = viewCluster(stack.controlPlane.kubeconfig);
    stack.set(["slipway:systems", "kaizenStudio"], undefined);
    for (const addOn of OFF_IN_LOCAL) turn(addOn, true);
    atFirst = await cluster.inventory();
  });

  after(() => stack.stop());

  it("comes up in one pass, every release deployed as it is pinned", async () => {
    succeeded(await pulumi.up());
    assert.deepEqual((await releases()).toSorted(), EXPECTED.toSorted());
    const fronts = await loadBalancers();
    assert.deepEqual(
      fronts.map(({ metadata, status }) => [metadata?.name, status?.loadBalancer?.ingress?.length]),
      [["ingress-nginx-controller", 1]],
    );
  });

  it("has nothing to do in a second preview", async () => {
    succeeded(await pulumi.preview("--expect-no-changes"));
  });

  it("is kept in the state as the plan says", async () => {
    const entries = await planOfStack("local", stack.engineOptions.stateDir);
    const planned = new Map(entries.map((entry) => [entry.urn, comparableEntry(entry)]));
    const state = await comparableState(pulumi, planned);
    const kept = new Map(state.map((entry) => [entry.urn, entry]));
    assert.deepEqual([...kept.keys()].toSorted(), [...planned.keys()].toSorted());
    for (const [urn, entry] of planned) assert.deepEqual(kept.get(urn), entry, urn);
  });

  it("loses one add-on that is turned off, and nothing else", async () => {
    turn("verticalPodAutoscaler", false);
    assert.deepEqual(await previewed(), [
      "delete platform-vertical-pod-autoscaler-home-limits",
      "delete platform-vertical-pod-autoscaler-home-namespace",
      "delete platform-vertical-pod-autoscaler-home-traffic",
      "delete platform-vertical-pod-autoscaler-release",
    ]);
    assert.deepEqual(await touchedReleases(), {
      gone: [described(CHARTS.verticalPodAutoscaler)],
      come: [],
    });
  });

  it("gets one that is turned on again, while another is turned off", async () => {
    turn("verticalPodAutoscaler", true);
    turn("logging", false);
    assert.deepEqual(await previewed(), [
      "create platform-vertical-pod-autoscaler-home-limits",
      "create platform-vertical-pod-autoscaler-home-namespace",
      "create platform-vertical-pod-autoscaler-home-traffic",
      "create platform-vertical-pod-autoscaler-release",
      "delete platform-fluent-bit-home-limits",
      "delete platform-fluent-bit-home-namespace",
      "delete platform-fluent-bit-home-traffic",
      "delete platform-fluent-bit-release",
      "delete platform-loki-data-source",
      "delete platform-loki-home-limits",
      "delete platform-loki-home-namespace",
      "delete platform-loki-home-traffic",
      "delete platform-loki-release",
      // No trace leads to its lines any more.
      'update platform-tracing-data-source data["jaeger.yaml"]',
    ]);
    const { gone, come } = await touchedReleases();
    assert.deepEqual(
      gone.toSorted(),
      [CHARTS.fluentBit, CHARTS.loki].map((pin) => described(pin)),
    );
    assert.deepEqual(come, [described(CHARTS.verticalPodAutoscaler)]);
  });

  it("takes a newer version of a chart up in place", async () => {
    const { version } = CHARTS.certManager;
    const program = path.join(stack.engineOptions.stateDir, "program");
    copyProject(program);
    editCopy(program, "components/platform/charts.ts", `"${version}"`, `"${newerCertManager}"`);
    pulumi = await engine({ ...stack.engineOptions, program });

    const issuers = await identities("cert-manager.io/v1", "ClusterIssuer");
    assert.equal(issuers.length, 3);
    assert.deepEqual(await previewed(), ["update platform-cert-manager-release version"]);
    assert.deepEqual(await touchedReleases(), {
      gone: [described(CHARTS.certManager)],
      come: [described({ ...CHARTS.certManager, version: newerCertManager }, 2)],
    });
    assert.deepEqual(await identities("cert-manager.io/v1", "ClusterIssuer"), issuers);
  });

  it("is put under guard strict in place", async () => {
    stack.set(["slipway:guard"], "strict");
    for (const addOn of ["certManager", "ingressNginx", "monitoring"]) {
      stack.set([PLATFORM, addOn, "replicas"], 2);
    }
    stack.set([PLATFORM, "monitoring", "alerts", "slack"], "warning");
    const services = await identities("v1", "Service");
    // Which values change is for other tests to say.
    assert.deepEqual(
      (await previewed()).map((step) => step.split(" ").slice(0, 2).join(" ")),
      [
        ...RULES.map((rule) => `create platform-admission-binding-${rule}`),
        ...RULES.map((rule) => `delete platform-admission-binding-${rule}-warning`),
        "update platform-cert-manager-release",
        "update platform-ingress-nginx-release",
        "update platform-monitoring-alertmanager-config",
        "update platform-monitoring-release",
      ],
    );
    const { come } = await touchedReleases();
    assert.deepEqual(come.toSorted(), [
      described({ ...CHARTS.certManager, version: newerCertManager }, 3),
      described(CHARTS.ingressNginx, 2),
      described(CHARTS.kubePrometheusStack, 2),
    ]);
    assert.deepEqual(await identities("v1", "Service"), services);
    succeeded(await pulumi.preview("--expect-no-changes"));
  });

  it("is destroyed in one pass, and leaves the definitions that are to stay", async () => {
    succeeded(await pulumi.destroy());
    const left = new Set(await cluster.inventory());
    for (const object of atFirst) left.delete(object);
    assert.deepEqual([...left], kept());
    const { deployment } = await pulumi.exportState();
    assert.deepEqual(deployment.resources ?? [], []);
  });
});
