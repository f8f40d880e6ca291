import type { input } from "@pulumi/azure-native/types/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { aksLabels, aksTaints, MAX_SURGE, type AksPool } from "./pool-layout.ts";

/** What a pool is told, inline in its cluster or as a resource of its own. */
type PoolInputs = Omit<input.containerservice.ManagedClusterAgentPoolProfileArgs, "name">;

/** Pods that a node takes, which is what Kubernetes is tested with. */
const MAX_PODS = 110;

/**
 * GB of disk in the machine itself, of sizes that have it, from Azure's pages of sizes. A node's own disk
 * fits there where it is not larger: faster, free of charge, and new with every node.
 */
const LOCAL_DISK_GB: Readonly<Record<string, number>> = {
  Standard_D2s_v3: 50,
  Standard_D4s_v3: 100,
  Standard_D8s_v3: 200,
  Standard_D2ds_v5: 75,
  Standard_D4ds_v5: 150,
  Standard_D8ds_v5: 300,
  Standard_E4ds_v5: 150,
  Standard_F4s_v2: 64,
};

/** Whether a node's disk fits into the machine itself. */
export function osDiskType(machineType: string, diskGb: number): "Ephemeral" | "Managed" {
  return diskGb <= (LOCAL_DISK_GB[machineType] ?? 0) ? "Ephemeral" : "Managed";
}

/**
 * What AKS is told of a pool. `count` is where the autoscaler begins: it is its own from then on, and is
 * to be ignored by whoever registers this.
 */
export function poolInputs(
  { settings, zone, minCount, maxCount }: AksPool,
  { kubernetesVersion, subnetId, tags }: PoolSurroundings,
): PoolInputs {
  const { role, machineType, diskGb, spot } = settings;
  return {
    mode: role === "system" ? "System" : "User",
    type: "VirtualMachineScaleSets",
    orchestratorVersion: kubernetesVersion,
    vmSize: machineType,
    osType: "Linux",
    osSKU: "AzureLinux",
    osDiskSizeGB: diskGb,
    osDiskType: osDiskType(machineType, diskGb),
    maxPods: MAX_PODS,
    vnetSubnetID: subnetId,
    availabilityZones: [zone],
    enableAutoScaling: true,
    count: minCount,
    minCount,
    maxCount,
    nodeLabels: aksLabels(settings),
    nodeTaints: aksTaints(settings),
    enableNodePublicIP: false,
    enableEncryptionAtHost: true,
    securityProfile: { enableSecureBoot: true, enableVTPM: true, sshAccess: "Disabled" },
    ...(spot ? SPOT : { upgradeSettings: UPGRADE }),
    tags,
  };
}

/** What all pools of a cluster share. */
export interface PoolSurroundings {
  readonly kubernetesVersion: string;
  readonly subnetId: pulumi.Input<string>;
  readonly tags: Record<string, string>;
}

const UPGRADE = {
  maxSurge: MAX_SURGE,
  // A node that a disruption budget keeps from draining is set aside, and the upgrade goes on.
  undrainableNodeBehavior: "Cordon",
};

/** Any price up to the usual one; Azure takes nodes away for want of room alone. */
const SPOT = { scaleSetPriority: "Spot", scaleSetEvictionPolicy: "Delete", spotMaxPrice: -1 };
