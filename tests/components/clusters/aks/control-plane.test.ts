import assert from "node:assert/strict";
import type { AksClusterArgs } from "../../../../components/clusters/cloud-context.ts";
import { byName, byType, type RecordedResource } from "../../../../plan/recording.ts";
import { aksArgs, recordAks, SUBSCRIPTION, TENANT } from "../../../support/aks-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod`;
const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/shop-prod`;
const identity = (purpose: string) =>
  `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shop-prod-${purpose}`;
const TAGS = { cluster: "shop-prod", "managed-by": "slipway" };

const SYSTEM_POOL = {
  name: "system1",
  mode: "System",
  type: "VirtualMachineScaleSets",
  orchestratorVersion: "1.35",
  vmSize: "Standard_D2ds_v5",
  osType: "Linux",
  osSKU: "AzureLinux",
  osDiskSizeGB: 64,
  osDiskType: "Ephemeral",
  maxPods: 110,
  vnetSubnetID: `${NETWORK}/subnets/nodes-1`,
  availabilityZones: ["1"],
  enableAutoScaling: true,
  count: 1,
  minCount: 1,
  maxCount: 2,
  nodeLabels: { "slipway.local/pool-role": "system" },
  nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
  enableNodePublicIP: false,
  enableEncryptionAtHost: true,
  securityProfile: { enableSecureBoot: true, enableVTPM: true, sshAccess: "Disabled" },
  upgradeSettings: { maxSurge: "33%", undrainableNodeBehavior: "Cordon" },
  tags: TAGS,
};

async function clusterWith(more: Partial<AksClusterArgs>): Promise<RecordedResource> {
  return byName((await recordAks(more)).recording, "cluster-aks");
}

describe("the control plane on AKS", () => {
  let cluster: RecordedResource;
  let etcdKey: RecordedResource;

  before(async () => {
    const { recording } = await recordAks();
    cluster = byName(recording, "cluster-aks");
    etcdKey = byName(recording, "cluster-key-etcd");
  });

  /** Each row of the settings that the guides of Azure ask of a secure cluster. */
  const rows: Record<string, () => unknown> = {
    sku: () => ({ name: "Base", tier: "Standard" }),
    supportPlan: () => "KubernetesOfficial",
    kubernetesVersion: () => "1.35",
    autoUpgradeProfile: () => ({ upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" }),
    enableRBAC: () => true,
    disableLocalAccounts: () => true,
    aadProfile: () => ({ managed: true, enableAzureRBAC: true, tenantID: TENANT }),
    identity: () => ({ type: "UserAssigned", userAssignedIdentities: [identity("control-plane")] }),
    networkProfile: () => ({
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkDataplane: "cilium",
      networkPolicy: "cilium",
      podCidr: "10.100.0.0/14",
      serviceCidr: "10.104.0.0/20",
      dnsServiceIP: "10.104.0.10",
      loadBalancerSku: "standard",
      outboundType: "userAssignedNATGateway",
    }),
    securityProfile: () => ({
      azureKeyVaultKms: {
        enabled: true,
        keyId: etcdKey.outputs["keyUriWithVersion"],
        keyVaultNetworkAccess: "Private",
        keyVaultResourceId: `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod-data/providers/Microsoft.KeyVault/vaults/cluster-keysxxxxxxxx`,
      },
      defender: {
        logAnalyticsWorkspaceResourceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/shop-prod`,
        securityMonitoring: { enabled: true },
      },
      imageCleaner: { enabled: true, intervalHours: 120 },
      workloadIdentity: { enabled: true },
    }),
    oidcIssuerProfile: () => ({ enabled: true }),
    addonProfiles: () => ({ azurepolicy: { enabled: true } }),
    autoScalerProfile: () => ({
      balanceSimilarNodeGroups: "true",
      expander: "least-waste",
      skipNodesWithLocalStorage: "false",
    }),
    workloadAutoScalerProfile: () => ({ verticalPodAutoscaler: { enabled: true } }),
    storageProfile: () => ({
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: false },
      blobCSIDriver: { enabled: false },
      snapshotController: { enabled: true },
    }),
    metricsProfile: () => ({ costAnalysis: { enabled: true } }),
    nodeResourceGroup: () => "shop-prod-nodes",
    nodeResourceGroupProfile: () => ({ restrictionLevel: "ReadOnly" }),
    agentPoolProfiles: () => [SYSTEM_POOL],
    resourceGroupName: () => "shop-prod",
    resourceName: () => "shop-prod",
    dnsPrefix: () => "shop-prod",
    location: () => "westeurope",
    tags: () => TAGS,
  };
  for (const [row, expected] of Object.entries(rows)) {
    it(`sets ${row}`, () => {
      assert.deepEqual(cluster.inputs[row], expected());
    });
  }

  it("sets nothing beside these, the endpoint and the nodes' identity", () => {
    assert.deepEqual(
      Object.keys(cluster.inputs).toSorted(),
      [...Object.keys(rows), "apiServerAccessProfile", "identityProfile"].toSorted(),
    );
  });

  it("gives the nodes an identity of their own, which may nothing by itself", async () => {
    const { recording } = await recordAks();
    const nodes = byName(recording, "cluster-identity-nodes").outputs;
    assert.deepEqual(cluster.inputs["identityProfile"], {
      kubeletidentity: {
        resourceId: identity("nodes"),
        clientId: nodes["clientId"],
        objectId: nodes["principalId"],
      },
    });
    const granted = byType(recording, "azure-native:authorization:RoleAssignment").filter(
      ({ inputs }) => inputs["principalId"] === nodes["principalId"],
    );
    assert.deepEqual(granted, []);
  });

  it("ignores nothing but the number of nodes, which is the autoscaler's", () => {
    assert.deepEqual(cluster.ignoreChanges, ["agentPoolProfiles[0].count"]);
    assert.deepEqual(cluster.replaceOnChanges, []);
  });

  it("waits as long as Azure takes", () => {
    assert.deepEqual(cluster.customTimeouts, { create: "60m", update: "120m", delete: "60m" });
  });

  describe("endpoint", () => {
    const always = {
      enableVnetIntegration: true,
      subnetId: `${NETWORK}/subnets/api-server`,
      disableRunCommand: true,
    };

    it("restricted answers the allowed ranges alone", () => {
      assert.deepEqual(cluster.inputs["apiServerAccessProfile"], {
        ...always,
        enablePrivateCluster: false,
        authorizedIPRanges: ["192.0.2.0/24"],
      });
    });

    it("private has a name in a zone of our own, which the cluster may write to before it is made", async () => {
      const { recording } = await recordAks({ endpoint: "private", allowedCidrs: [] });
      const closed = byName(recording, "cluster-aks");
      const zone = `${GROUP}/providers/Microsoft.Network/privateDnsZones/private.westeurope.azmk8s.io`;
      assert.deepEqual(closed.inputs["apiServerAccessProfile"], {
        ...always,
        enablePrivateCluster: true,
        enablePrivateClusterPublicFQDN: false,
        privateDNSZone: zone,
      });
      const right = byName(recording, "cluster-control-plane-manages-zone").inputs;
      assert.equal(right["scope"], zone);
      assert.match(String(right["roleDefinitionId"]), /b12aa53e-6015-4669-85d0-8515ebb3ae7f$/);
      const before = dependencyNames(closed);
      assert.ok(before.includes("cluster-control-plane-manages-zone"));
      assert.ok(before.includes("cluster-zone-link-api-server"));
    });
  });

  it("raises the version of control plane and pools alike, and of nothing else", async () => {
    const { recording } = await recordAks({ kubernetesVersion: "1.34" });
    const raised = byName(recording, "cluster-aks");
    assert.equal(raised.inputs["kubernetesVersion"], "1.34");
    assert.deepEqual(raised.inputs["agentPoolProfiles"], [
      { ...SYSTEM_POOL, orchestratorVersion: "1.34" },
    ]);
    const rest = (resource: RecordedResource) =>
      Object.entries(resource.inputs).filter(
        ([key]) => !["kubernetesVersion", "agentPoolProfiles"].includes(key),
      );
    assert.deepEqual(rest(raised), rest(cluster));
    for (const pool of byType(recording, "azure-native:containerservice:AgentPool")) {
      assert.equal(pool.inputs["orchestratorVersion"], "1.34");
    }
  });

  it("drives shared files only where they are asked for", async () => {
    const shared = await clusterWith({ storage: { ...aksArgs.storage, rwx: true } });
    assert.deepEqual(
      (shared.inputs["storageProfile"] as Record<string, unknown>)["fileCSIDriver"],
      {
        enabled: true,
      },
    );
  });
});

describe("the pools on AKS", () => {
  it("are one per zone beside the first, each in its zone's subnet", async () => {
    const { recording } = await recordAks();
    const pools = byType(recording, "azure-native:containerservice:AgentPool");
    assert.deepEqual(
      pools
        .map(({ name, inputs }) => [
          name,
          inputs["agentPoolName"],
          inputs["mode"],
          inputs["availabilityZones"],
          inputs["vnetSubnetID"],
          inputs["minCount"],
          inputs["maxCount"],
        ])
        .toSorted(),
      [
        ["general1", "User", "1", 2, 7],
        ["general2", "User", "2", 2, 7],
        ["general3", "User", "3", 2, 7],
        ["system2", "System", "2", 1, 2],
        ["system3", "System", "3", 1, 2],
      ].map(([name, mode, zone, min, max]) => [
        `cluster-pool-${name ?? ""}`,
        name,
        mode,
        [zone],
        `${NETWORK}/subnets/nodes-${zone ?? ""}`,
        min,
        max,
      ]),
    );
    const [pool] = pools;
    assert.ok(pool);
    assert.deepEqual(pool.ignoreChanges, ["count"]);
    assert.equal(pool.deleteBeforeReplace, true);
    assert.ok(dependencyNames(pool).includes("cluster-aks"));
  });

  it("stay where they are when the guard is relaxed, on one way out", async () => {
    const kind = "azure-native:containerservice:AgentPool";
    const [strict, relaxed] = [await recordAks(), await recordAks({ guard: "relaxed" })];
    const inputs = (from: typeof strict) =>
      [...byType(from.recording, kind), byName(from.recording, "cluster-aks")].map((resource) => [
        resource.name,
        resource.inputs,
      ]);
    assert.deepEqual(inputs(relaxed), inputs(strict));
    const count = (type: string) => byType(relaxed.recording, type).length;
    assert.equal(count("azure-native:network:NatGateway"), 1);
    assert.equal(count("azure-native:network:PublicIPAddress"), 1);
  });

  it("of nodes that may be taken away say so, and have no surge", async () => {
    const spot = {
      name: "batch-jobs-at-night",
      role: "interruptible",
      machineType: "Standard_D4s_v5",
      minNodes: 0,
      maxNodes: 9,
      diskGb: 100,
      spot: true,
    } as const;
    const { recording } = await recordAks({ nodePools: [...aksArgs.nodePools, spot] });
    const pool = byType(recording, "azure-native:containerservice:AgentPool").find(
      ({ inputs }) => inputs["scaleSetPriority"] === "Spot",
    );
    assert.ok(pool);
    const { inputs } = pool;
    assert.match(String(inputs["agentPoolName"]), /^batch[0-9a-f]{6}[123]$/);
    assert.equal(inputs["scaleSetEvictionPolicy"], "Delete");
    assert.equal(inputs["spotMaxPrice"], -1);
    assert.equal(inputs["upgradeSettings"], undefined);
    assert.equal(inputs["osDiskType"], "Managed");
    assert.deepEqual(inputs["nodeTaints"], [
      "slipway.local/interruptible=true:NoSchedule",
      "kubernetes.azure.com/scalesetpriority=spot:NoSchedule",
    ]);
  });
});

describe("the windows on AKS", () => {
  it("are for Kubernetes on the first day and for the nodes' images on the last", async () => {
    const { recording } = await recordAks();
    const windows = byType(recording, "azure-native:containerservice:MaintenanceConfiguration");
    const window = (dayOfWeek: string) => ({
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek } },
      startTime: "02:00",
      durationHours: 8,
      utcOffset: "+00:00",
      notAllowedDates: [{ start: "2026-11-27", end: "2026-11-30" }],
    });
    assert.deepEqual(
      Object.fromEntries(
        windows.map(({ inputs }) => [inputs["configName"], inputs["maintenanceWindow"]]),
      ),
      {
        aksManagedAutoUpgradeSchedule: window("Saturday"),
        aksManagedNodeOSUpgradeSchedule: window("Sunday"),
      },
    );
  });
});
