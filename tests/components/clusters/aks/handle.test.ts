import assert from "node:assert/strict";
import type { AksCluster } from "../../../../components/clusters/aks/aks-cluster.ts";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { recordAks, RELAXED } from "../../../support/aks-fixtures.ts";

describe("what AksCluster gives to those above it", () => {
  let recording: Recording;
  let handle: AksCluster;

  before(async () => {
    ({ recording, handle } = await recordAks());
  });

  it("makes the classes that claims name, encrypted, growing, where their pod is", async () => {
    const shared = await recordAks({ storage: { reclaimPolicy: "Delete", rwx: true } });
    const classes = byType(shared.recording, "kubernetes:storage.k8s.io/v1:StorageClass");
    const tags = "cluster=shop-prod,managed-by=slipway";
    const resourceGroup = "shop-prod-volumes";
    const closed = {
      networkAccessPolicy: "DenyAll",
      publicNetworkAccess: "Disabled",
      resourceGroup,
      tags,
    };
    const disk = "disk.csi.azure.com";
    const table = [
      ["fast-ssd", disk, { skuName: "Premium_LRS", ...closed }],
      [
        "shared-files",
        "file.csi.azure.com",
        { protocol: "nfs", skuName: "Premium_LRS", resourceGroup, tags },
      ],
      ["standard", disk, { skuName: "StandardSSD_LRS", ...closed }],
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
      standard: "standard",
      fastSsd: "fast-ssd",
      rwx: "shared-files",
    });
    assert.deepEqual(handle.storageClasses, { standard: "standard", fastSsd: "fast-ssd" });
  });

  it("says where pods may have to go outside the cluster, before anything is there", () => {
    const tcp = (cidr: string, ...ports: number[]) => ({
      cidr,
      ports: ports.map((port) => ({ port, protocol: "TCP" })),
    });
    assert.deepEqual(handle.networkPeers, {
      dns: [],
      identityEndpoint: [
        tcp("20.20.32.0/19", 443),
        tcp("20.190.128.0/18", 443),
        tcp("20.231.128.0/19", 443),
        tcp("40.126.0.0/18", 443),
      ],
      apiServer: [tcp("10.96.0.0/26", 443)],
      managedData: [tcp("10.96.0.64/26", 5432, 6432)],
      objectStorage: [tcp("10.96.0.128/26", 443)],
    });
  });

  it("tells load balancers where to probe, and internal ones where to stand", () => {
    const prefix = "service.beta.kubernetes.io/azure-load-balancer";
    const probe = { [`${prefix}-health-probe-request-path`]: "/healthz" };
    assert.deepEqual(handle.loadBalancerAnnotations, {
      public: probe,
      internal: {
        ...probe,
        [`${prefix}-internal`]: "true",
        [`${prefix}-internal-subnet`]: "load-balancers",
      },
    });
    assert.equal(
      byName(recording, "cluster-subnet-load-balancers").inputs["subnetName"],
      "load-balancers",
    );
  });

  it("says what is built in, what can be scraped and that nothing is missing", () => {
    assert.deepEqual(handle.builtIn, {
      metricsServer: true,
      verticalPodAutoscaler: true,
      gatewayApi: false,
    });
    assert.deepEqual(
      Object.entries(handle.scrapable)
        .filter(([, on]) => on)
        .map(([part]) => part),
      ["coreDns"],
    );
    assert.deepEqual(handle.needs, { loadBalancerController: false, autoscaler: false });
    assert.equal(handle.dns, undefined);
    assert.equal("secretStore" in handle, false);
  });

  it("gives the totals of the pools as the settings have them", () => {
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
      "The API server of shop-prod has a public address that answers 192.0.2.0/24 alone, to whom " +
        "Entra ID signs in.",
    );
    const closed = await recordAks({ endpoint: "private", allowedCidrs: [] });
    assert.equal(
      closed.handle.exposure,
      "The API server of shop-prod answers inside its network alone, to whom Entra ID signs in.",
    );
    assert.ok(
      closed.handle.limitations.includes(
        "Deployments have to run inside the network or one that is joined to it.",
      ),
    );
  });

  it("says each limitation in one sentence, a total that zones round up among them", async () => {
    const [first, ...others] = handle.limitations;
    assert.equal(
      first,
      "The pool general has 6 to 21 nodes where the settings say 5 to 20, because each of 3 zones " +
        "has the same.",
    );
    assert.equal(others.length, 4);
    for (const sentence of handle.limitations) assert.match(sentence, /^[A-Z][^.]+\.$/);
    const even = await recordAks({ ...RELAXED, zones: ["1"] });
    assert.deepEqual(even.handle.limitations, others);
    assert.deepEqual(byName(recording, "cluster").outputs["limitations"], handle.limitations);
  });
});
