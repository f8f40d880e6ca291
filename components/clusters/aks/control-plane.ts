import {
  ManagedCluster,
  type ManagedClusterArgs,
} from "@pulumi/azure-native/containerservice/managedCluster.js";
import type { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksClusterArgs } from "../cloud-context.ts";
import { addressPlan } from "./address-plan.ts";
import { identityInputs, type ClusterIdentities } from "./cluster-identity.ts";
import type { AksKeys } from "./keys.ts";
import type { AksNetwork } from "./network.ts";
import type { AksPlace } from "./place.ts";
import { poolInputs } from "./pool-inputs.ts";
import type { AksPool } from "./pool-layout.ts";
import type { LinkedZone } from "./private-zone.ts";

/** What the control plane stands on. */
export interface ControlPlaneParts {
  readonly network: AksNetwork;
  readonly keys: AksKeys;
  readonly identities: ClusterIdentities;
  readonly workspace: Workspace;
  /** The zone of a private API server's name. */
  readonly zone: LinkedZone | undefined;
  /** The pool that is part of the cluster itself. */
  readonly firstPool: AksPool;
  readonly firstSubnetId: pulumi.Input<string>;
  /** Access and whatever else has to be there before. */
  readonly after: readonly pulumi.Resource[];
}

/** Hours after which images that no pod uses are taken off a node. */
const IMAGE_CLEANER_HOURS = 120;

/**
 * How the API server is reached. In both modes it has addresses in the network, which nodes and pods use:
 * their traffic leaves the network in neither, and the addresses are known before the cluster is.
 */
export function apiServerInputs(
  { endpoint, allowedCidrs }: Pick<AksClusterArgs, "endpoint" | "allowedCidrs">,
  subnetId: pulumi.Input<string>,
  privateZoneId: pulumi.Input<string> | undefined,
): NonNullable<ManagedClusterArgs["apiServerAccessProfile"]> {
  const always = { enableVnetIntegration: true, subnetId, disableRunCommand: true };
  if (endpoint === "restricted") {
    return { ...always, enablePrivateCluster: false, authorizedIPRanges: [...allowedCidrs] };
  }
  return {
    ...always,
    enablePrivateCluster: true,
    enablePrivateClusterPublicFQDN: false,
    ...(privateZoneId === undefined ? {} : { privateDNSZone: privateZoneId }),
  };
}

/** What the cluster's security is made of. */
function securityInputs({ keys, workspace }: ControlPlaneParts) {
  return {
    azureKeyVaultKms: {
      enabled: true,
      keyId: keys.etcd.keyUriWithVersion,
      keyVaultNetworkAccess: "Private",
      keyVaultResourceId: keys.vault.id,
    },
    defender: {
      logAnalyticsWorkspaceResourceId: workspace.id,
      securityMonitoring: { enabled: true },
    },
    imageCleaner: { enabled: true, intervalHours: IMAGE_CLEANER_HOURS },
    workloadIdentity: { enabled: true },
  };
}

/** How pods and Services get their addresses, and which engine enforces network policies. */
function networkInputs(args: AksClusterArgs) {
  return {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkDataplane: "cilium",
    networkPolicy: "cilium",
    podCidr: args.network.pods,
    serviceCidr: args.network.services,
    dnsServiceIP: addressPlan(args).dnsService,
    loadBalancerSku: "standard",
    outboundType: "userAssignedNATGateway",
  };
}

/** Everything that AKS is told of the cluster, but for where it goes. */
export function clusterInputs(
  args: AksClusterArgs,
  parts: ControlPlaneParts,
  tags: Record<string, string>,
): Omit<ManagedClusterArgs, "resourceGroupName" | "resourceName"> {
  const { kubernetesVersion, tenant, storage } = args;
  const { firstPool, firstSubnetId, network, zone } = parts;
  return {
    sku: { name: "Base", tier: "Standard" },
    supportPlan: "KubernetesOfficial",
    kubernetesVersion,
    autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
    enableRBAC: true,
    disableLocalAccounts: true,
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: tenant },
    ...identityInputs(parts.identities),
    apiServerAccessProfile: apiServerInputs(args, network.apiServer.id, zone?.zone.id),
    networkProfile: networkInputs(args),
    securityProfile: securityInputs(parts),
    oidcIssuerProfile: { enabled: true },
    addonProfiles: { azurepolicy: { enabled: true } },
    autoScalerProfile: {
      // A pool per zone: the zones keep the same number of nodes.
      balanceSimilarNodeGroups: "true",
      expander: "least-waste",
      skipNodesWithLocalStorage: "false",
    },
    workloadAutoScalerProfile: { verticalPodAutoscaler: { enabled: true } },
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: storage.rwx },
      blobCSIDriver: { enabled: false },
      snapshotController: { enabled: true },
    },
    metricsProfile: { costAnalysis: { enabled: true } },
    nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
    agentPoolProfiles: [
      {
        name: firstPool.name,
        ...poolInputs(firstPool, { kubernetesVersion, subnetId: firstSubnetId, tags }),
      },
    ],
  };
}

/**
 * Makes the cluster with its first pool. Raising `kubernetesVersion` changes the control plane and then
 * that pool in place; the other pools follow.
 */
export function controlPlane(place: AksPlace, parts: ControlPlaneParts): ManagedCluster {
  const { name, args, names, here, tags, child } = place;
  return new ManagedCluster(
    `${name}-aks`,
    {
      resourceGroupName: here.resourceGroupName,
      location: here.location,
      tags,
      resourceName: args.name,
      dnsPrefix: names.dnsPrefix,
      nodeResourceGroup: names.nodeGroup,
      ...clusterInputs(args, parts, tags),
    },
    child({
      protect: args.deletionProtection,
      dependsOn: [...parts.identities.ready, ...parts.after],
      // The number of nodes is the autoscaler's.
      ignoreChanges: ["agentPoolProfiles[0].count"],
      customTimeouts: { create: "60m", update: "120m", delete: "60m" },
    }),
  );
}
