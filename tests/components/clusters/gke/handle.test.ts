import assert from "node:assert/strict";
import type { GkeClusterArgs } from "../../../../components/clusters/cloud-context.ts";
import type { GkeCluster } from "../../../../components/clusters/gke/gke-cluster.ts";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { PROJECT, recordGke, RELAXED } from "../../../support/gke-fixtures.ts";

const DISKS = `projects/${PROJECT}/locations/europe-west1/keyRings/cluster-keys-xxxxxxx/cryptoKeys/disks`;

describe("what GkeCluster gives to those above it", () => {
  let recording: Recording;
  let handle: GkeCluster;

  before(async () => {
    ({ recording, handle } = await recordGke());
  });

  it("makes the classes that claims name, encrypted, growing, where their pod is", async () => {
    const shared = await recordGke({ storage: { reclaimPolicy: "Delete", rwx: true } });
    const classes = byType(shared.recording, "kubernetes:storage.k8s.io/v1:StorageClass");
    const labels = "cluster=shop-prod,managed-by=slipway";
    const disk = (type: string) => ({ type, "disk-encryption-kms-key": DISKS, labels });
    const files = {
      tier: "enterprise",
      network: "shop-prod",
      "reserved-ipv4-cidr": "10.96.2.0/24",
      "instance-encryption-kms-key": DISKS,
      labels,
    };
    const table = [
      ["fast-ssd", "pd.csi.storage.gke.io", disk("pd-ssd")],
      ["shared-files", "filestore.csi.storage.gke.io", files],
      ["standard-balanced", "pd.csi.storage.gke.io", disk("pd-balanced")],
    ] as const;
    assert.deepEqual(
      classes
        .map(({ inputs }) => inputs)
        .toSorted((one, two) =>
          JSON.stringify(one["metadata"]) < JSON.stringify(two["metadata"]) ? -1 : 1,
        ),
      table.map(([name, provisioner, parameters]) => ({
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name },
        provisioner,
        parameters,
        reclaimPolicy: "Delete",
        allowVolumeExpansion: true,
        volumeBindingMode: "WaitForFirstConsumer",
      })),
    );
    assert.deepEqual(shared.handle.storageClasses, {
      standard: "standard-balanced",
      fastSsd: "fast-ssd",
      rwx: "shared-files",
    });
    assert.deepEqual(handle.storageClasses, { standard: "standard-balanced", fastSsd: "fast-ssd" });
  });

  it("shares files from one zone where the cluster is in one, whatever the guard", async () => {
    const tierIn = async (more: Partial<GkeClusterArgs>) => {
      const made = await recordGke({ ...more, storage: { reclaimPolicy: "Delete", rwx: true } });
      const { parameters } = byName(made.recording, "cluster-class-shared-files").inputs;
      return (parameters as Record<string, unknown>)["tier"];
    };
    assert.equal(await tierIn(RELAXED), "enterprise");
    assert.equal(await tierIn({ ...RELAXED, zones: ["europe-west1-b"] }), "zonal");
  });

  it("says where pods may have to go outside the cluster, before anything is there", () => {
    const tcp = (cidr: string, ...ports: number[]) => ({
      cidr,
      ports: ports.map((port) => ({ port, protocol: "TCP" })),
    });
    const dns = (cidr: string) => ({
      cidr,
      ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
      ],
    });
    assert.deepEqual(handle.networkPeers, {
      dns: [dns("169.254.20.10/32"), dns("169.254.169.254/32")],
      identityEndpoint: [tcp("169.254.169.254/32", 80), tcp("169.254.169.252/32", 987, 988)],
      apiServer: [tcp("10.96.0.0/28", 443)],
      managedData: [tcp("10.96.4.0/22", 5432)],
      objectStorage: [tcp("199.36.153.8/30", 443)],
    });
  });

  it("tells load balancers of which kind they are, and internal ones where to stand", () => {
    assert.deepEqual(handle.loadBalancerAnnotations, {
      public: { "cloud.google.com/l4-rbs": "enabled" },
      internal: {
        "networking.gke.io/load-balancer-type": "Internal",
        "networking.gke.io/internal-load-balancer-subnet": "shop-prod-load-balancers",
      },
    });
    assert.equal(
      byName(recording, "cluster-subnet-load-balancers").inputs["name"],
      "shop-prod-load-balancers",
    );
  });

  it("names its stores as they are", () => {
    const store = (bucket: string) => ({ api: "gcs", bucket, region: "europe-west1" });
    assert.deepEqual(handle.objectStores, {
      backups: store(`shop-prod-backups-${PROJECT}`),
      logs: store(`shop-prod-logs-${PROJECT}`),
    });
    for (const purpose of ["backups", "logs"] as const) {
      assert.equal(
        byName(recording, `cluster-store-${purpose}`).inputs["name"],
        handle.objectStores[purpose].bucket,
      );
    }
  });

  it("says what is built in, what can be scraped and that nothing is missing", () => {
    assert.deepEqual(handle.builtIn, {
      metricsServer: true,
      verticalPodAutoscaler: true,
      gatewayApi: true,
    });
    assert.deepEqual(new Set(Object.values(handle.scrapable)), new Set([false]));
    assert.deepEqual(handle.needs, { loadBalancerController: false, autoscaler: false });
  });

  it("gives the totals of the pools as the settings have them, which GKE keeps to", () => {
    assert.deepEqual(
      handle.nodePools.map(({ name, cpu, memory, minNodes, maxNodes }) => [
        name,
        cpu,
        memory,
        minNodes,
        maxNodes,
      ]),
      [
        ["general", "4", "16Gi", 5, 20],
        ["system", "2", "8Gi", 3, 6],
      ],
    );
  });

  it("says who can reach the API server", async () => {
    assert.equal(
      handle.exposure,
      "The API server of shop-prod has a name that anybody may ask, behind Google's sign-in, and no " +
        "public address.",
    );
    const restricted = await recordGke({ endpoint: "restricted", allowedCidrs: ["192.0.2.0/24"] });
    assert.equal(
      restricted.handle.exposure,
      "The API server of shop-prod has a public address that answers 192.0.2.0/24 alone, to whom " +
        "Google signs in.",
    );
    const closed = await recordGke({ endpoint: "private" });
    assert.equal(
      closed.handle.exposure,
      "The API server of shop-prod answers inside its network and those joined to it alone, to whom " +
        "Google signs in.",
    );
    assert.ok(
      closed.handle.limitations.includes(
        "Deployments have to run inside the network or one that is joined to it.",
      ),
    );
  });

  it("says each limitation in one sentence", async () => {
    assert.equal(handle.limitations.length, 4);
    for (const sentence of handle.limitations) assert.match(sentence, /^[A-Z][^.]+\.$/);
    const shared = await recordGke({ storage: { reclaimPolicy: "Retain", rwx: true } });
    assert.equal(shared.handle.limitations.length, 5);
    assert.deepEqual(byName(recording, "cluster").outputs["limitations"], handle.limitations);
  });
});
