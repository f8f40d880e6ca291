import assert from "node:assert/strict";
import { Platform, type PlatformArgs } from "../../../components/platform/index.ts";
import { byName, byType } from "../../../plan/recording.ts";
import { CONTROLLED, platformCluster, ZONE } from "../../support/platform-cluster.ts";
import { alertSecretsOf, PLATFORM_ARGS } from "../../support/platform-fixtures.ts";
import { releaseOrder, valueOf } from "../../support/recorded-platform.ts";
import { recordOn } from "../../support/recorded-program.ts";

async function recordPlatform(args: PlatformArgs) {
  let namespaces: readonly string[] = [];
  const recording = await recordOn(({ providers }) => {
    ({ namespaces } = new Platform(
      "platform",
      { ...args, alertSecrets: alertSecretsOf() },
      { providers },
    ));
  });
  return { recording, namespaces };
}

describe("Platform on a cluster that lacks controllers and has a zone", () => {
  const grants: string[] = [];
  const cluster = platformCluster({
    ...CONTROLLED,
    dns: ZONE,
    clusterIdentifier: "shop/prod",
    identityFor: ({ namespace, name }, given) => {
      grants.push(`${namespace}/${name}: ${given.map(({ purpose }) => purpose).join(", ")}`);
      return { serviceAccountAnnotations: {}, podLabels: {}, ready: [] };
    },
  });
  let recorded: Awaited<ReturnType<typeof recordPlatform>>;
  before(async () => {
    recorded = await recordPlatform({ ...PLATFORM_ARGS, cluster });
  });

  it("installs them, that of load balancers before whatever has one", () => {
    const order = releaseOrder(recorded.recording);
    assert.deepEqual(order["platform-cluster-autoscaler-release"], [
      "platform-monitoring-crds-release",
    ]);
    const balancer = "platform-load-balancer-controller-release";
    assert.deepEqual(order[balancer], [
      "platform-cert-manager-release",
      "platform-monitoring-crds-release",
    ]);
    const after = Object.keys(order).filter((name) => order[name]?.includes(balancer));
    assert.deepEqual(after.toSorted(), [
      "platform-external-dns-release",
      "platform-ingress-nginx-release",
      "platform-metrics-server-release",
      "platform-monitoring-release",
      "platform-prometheus-adapter-release",
      "platform-tracing-release",
      "platform-vertical-pod-autoscaler-release",
    ]);
  });

  it("asks for each the one thing that it does in the cloud, as the account that it runs as", () => {
    assert.deepEqual(grants, [
      "cluster-autoscaler/cluster-autoscaler: scale-nodes",
      "cert-manager/cert-manager: manage-dns-zone",
      "aws-load-balancer-controller/aws-load-balancer-controller: manage-load-balancers",
      "external-dns/external-dns: manage-dns-zone",
    ]);
    const { recording } = recorded;
    const account = "rbac.serviceAccount.name";
    assert.equal(
      valueOf(recording, "platform-cluster-autoscaler-release", account),
      "cluster-autoscaler",
    );
    for (const addOn of ["cert-manager", "load-balancer-controller", "external-dns"]) {
      const { namespace } = byName(recording, `platform-${addOn}-release`).inputs;
      const name = valueOf(recording, `platform-${addOn}-release`, "serviceAccount.name");
      assert.equal(name, namespace);
    }
  });

  it("marks the names of this cluster, and lists the namespaces", () => {
    const { recording, namespaces } = recorded;
    assert.equal(valueOf(recording, "platform-external-dns-release", "txtOwnerId"), "shop/prod");
    const made = byType(recording, "kubernetes:core/v1:Namespace").map(
      ({ inputs }) => (inputs["metadata"] as { name: string }).name,
    );
    assert.deepEqual(made.toSorted(), namespaces.toSorted());
    assert.ok(namespaces.includes("aws-load-balancer-controller"));
  });

  it("leaves controllers to others where it is told to", async () => {
    const off = { enabled: false, replicas: 2 };
    const { recording, namespaces } = await recordPlatform({
      ...PLATFORM_ARGS,
      clusterAutoscaler: off,
      loadBalancerController: off,
      cluster: platformCluster({ ...CONTROLLED, dns: ZONE }),
    });
    assert.deepEqual(
      Object.keys(releaseOrder(recording)).filter((name) => /autoscaler-rel|balancer/.test(name)),
      ["platform-vertical-pod-autoscaler-release"],
    );
    assert.ok(!namespaces.includes("cluster-autoscaler"));
  });
});
