import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  createCluster,
  ExistingCluster,
  type ExistingClusterArgs,
} from "../../../components/clusters/index.ts";
import type { ClusterHandle } from "../../../components/core/cluster-handle.ts";
import { byName, record, Secret, type Recording } from "../../../plan/recording.ts";

const KUBECONFIG = "apiVersion: v1\nkind: Config\n";

const argsWith = (kubeconfig: pulumi.Output<string>): ExistingClusterArgs => ({
  clusterIdentifier: "slipway-test",
  context: "test",
  nodePools: [{ name: "general", cpu: "4", memory: "16Gi", minNodes: 2, maxNodes: 3 }],
  storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
  kubeconfig,
});

/** Records the cluster and hands back what it is to those above it. */
async function recordCluster(
  kubeconfig = () => pulumi.secret(KUBECONFIG),
): Promise<{ handle: ClusterHandle; recording: Recording }> {
  let handle: ClusterHandle | undefined;
  const recording = await record(
    async () => {
      const context = { guard: "strict", webhookPorts: [] } as const;
      handle = await createCluster(
        "cluster",
        { kind: "existing", ...argsWith(kubeconfig()) },
        context,
      );
    },
    { stack: "test" },
  );
  assert.ok(handle);
  return { handle, recording };
}

describe("ExistingCluster", () => {
  it("makes a provider and nothing else", async () => {
    const { recording } = await recordCluster();
    assert.deepEqual(
      recording.resources.slice(1).map(({ type, name }) => [type, name]),
      [
        ["slipway:clusters:ExistingCluster", "cluster"],
        ["pulumi:providers:kubernetes", "cluster-provider"],
      ],
    );
    assert.equal(byName(recording, "cluster-provider").parent, byName(recording, "cluster").urn);
  });

  it("gives the provider a constant identity and mutable ConfigMaps and Secrets", async () => {
    const { recording } = await recordCluster();
    const { kubeconfig, ...rest } = byName(recording, "cluster-provider").inputs;
    assert.deepEqual(rest, {
      context: "test",
      clusterIdentifier: "slipway-test",
      enableServerSideApply: "true",
      enableConfigMapMutable: "true",
      enableSecretMutable: "true",
    });
    assert.deepEqual(kubeconfig, new Secret(KUBECONFIG));
  });

  it("keeps the kubeconfig secret from the provider on, even where the caller forgot", async () => {
    const { recording } = await recordCluster(() => pulumi.output(KUBECONFIG));
    const { kubeconfig } = byName(recording, "cluster-provider").inputs;
    assert.deepEqual(kubeconfig, new Secret(KUBECONFIG));
  });

  it("tells those above it what it can and what it cannot", async () => {
    const { handle } = await recordCluster();
    assert.equal(handle instanceof ExistingCluster, true);
    assert.equal(handle.clusterIdentifier, "slipway-test");
    assert.deepEqual(handle.storageClasses, { standard: "standard", fastSsd: "fast-ssd" });
    assert.deepEqual(
      handle.nodePools.map(({ name }) => name),
      ["general"],
    );
    assert.deepEqual(handle.loadBalancerAnnotations, { public: {}, internal: {} });
    assert.deepEqual(handle.objectStores, {});
    assert.equal(handle.dns, undefined);
    assert.equal(handle.secretStore, undefined);
    assert.deepEqual(handle.builtIn, {
      metricsServer: false,
      verticalPodAutoscaler: false,
      gatewayApi: false,
    });
    assert.deepEqual(handle.scrapable, {
      controllerManager: false,
      scheduler: false,
      etcd: false,
      proxy: false,
      coreDns: true,
      kubeDns: false,
    });
    assert.deepEqual(handle.needs, { loadBalancerController: false, autoscaler: false });
    assert.deepEqual(handle.networkPeers, {
      dns: [],
      identityEndpoint: [],
      apiServer: [],
      managedData: [],
      objectStorage: [],
    });
    assert.match(handle.exposure, /^Who can reach the API server is decided by/);
    assert.equal(handle.managedPostgres, undefined);
  });

  it("says each limitation in one sentence", async () => {
    const { handle } = await recordCluster();
    assert.equal(handle.limitations.length, 7);
    for (const sentence of handle.limitations) assert.match(sentence, /^[A-Z][^.]+\.$/);
  });

  it("refuses a workload identity, and says what to do instead", async () => {
    const { handle } = await recordCluster();
    assert.throws(
      () =>
        handle.identityFor({ namespace: "velero", name: "velero" }, [
          { purpose: "read-write-bucket", bucket: "backups" },
          { purpose: "snapshot-volumes" },
        ]),
      {
        message:
          "Invalid arguments:\n" +
          "1. identityFor(velero/velero): got read-write-bucket, snapshot-volumes, expected no call, " +
          "because an existing cluster has no workload identity. Give the pod its credentials in a " +
          "Secret, or use a cluster that Slipway makes in the cloud.",
      },
    );
  });
});

describe("createCluster", () => {
  it("keeps the kind, which chose the component, out of its inputs", async () => {
    const { recording } = await recordCluster();
    assert.deepEqual(Object.keys(byName(recording, "cluster").inputs).toSorted(), [
      "clusterIdentifier",
      "context",
      "kubeconfig",
      "nodePools",
      "storageClasses",
    ]);
  });
});
