import type { NodePoolArgs } from "@pulumi/gcp/container/nodePool.js";
import type { input } from "@pulumi/gcp/types/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { poolLabels, poolTaints } from "../node-pools.ts";
import type { CloudNodePoolSettings } from "../settings.ts";

/** Pods that a node takes: as many as get a /25 with room for those that come before others have gone. */
export const MAX_PODS = 48;

/** Nodes that an upgrade adds to a pool for its time; nodes that Google may take away get none. */
export function surgeNodes({ spot }: Pick<CloudNodePoolSettings, "spot">): number {
  return spot ? 0 : 1;
}

/**
 * Nodes that a pool begins with in each zone: the smallest number that reaches the minimum, unless all
 * zones together would then pass the maximum. From then on the number is the autoscaler's.
 */
export function initialNodes(
  { minNodes, maxNodes }: Pick<CloudNodePoolSettings, "minNodes" | "maxNodes">,
  zones: number,
): number {
  const reaching = Math.ceil(minNodes / zones);
  return reaching * zones <= maxNodes ? reaching : Math.floor(maxNodes / zones);
}

/** What all nodes of a cluster share. */
export interface NodeSurroundings {
  /** Address of the account that the nodes are. */
  readonly account: pulumi.Input<string>;
  /** Encrypts the nodes' disks. */
  readonly diskKey: pulumi.Input<string>;
  /** For the firewall. */
  readonly tag: string;
  readonly labels: Record<string, string>;
}

/** A node that starts what Google signed and nothing else. */
const SHIELDED = { enableSecureBoot: true, enableIntegrityMonitoring: true };

/** What holds for every node, whichever pool it is in. */
export function nodeInputs({ account, diskKey, tag, labels }: NodeSurroundings) {
  return {
    serviceAccount: account,
    // What the account may do is decided by its roles alone.
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    imageType: "COS_CONTAINERD",
    diskType: "pd-balanced",
    bootDiskKmsKey: diskKey,
    shieldedInstanceConfig: SHIELDED,
    // Pods see Google's metadata server through GKE's own, which gives them their identity and no more.
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    metadata: { "disable-legacy-endpoints": "true" },
    kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
    gvnic: { enabled: true },
    gcfsConfig: { enabled: true },
    tags: [tag],
    resourceLabels: labels,
  } satisfies input.container.NodePoolNodeConfig;
}

const EFFECTS = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/** Taints of a pool's nodes, as GKE words them. */
export function gkeTaints({ role, spot }: Pick<CloudNodePoolSettings, "role" | "spot">) {
  return poolTaints("gke", role, spot).map(({ key, value, effect }) => ({
    key,
    value,
    effect: EFFECTS[effect],
  }));
}

/**
 * What GKE is told of a pool. Its bounds are totals of the cluster (D-79).
 */
export function poolInputs(
  settings: CloudNodePoolSettings,
  zones: readonly string[],
  surroundings: NodeSurroundings,
): Omit<NodePoolArgs, "cluster" | "project" | "location"> {
  const { name, role, machineType, minNodes, maxNodes, diskGb, spot } = settings;
  return {
    name,
    nodeLocations: [...zones],
    initialNodeCount: initialNodes(settings, zones.length),
    autoscaling: {
      totalMinNodeCount: minNodes,
      totalMaxNodeCount: maxNodes,
      // Spot nodes are taken where there are any; others keep the zones alike.
      locationPolicy: spot ? "ANY" : "BALANCED",
    },
    maxPodsPerNode: MAX_PODS,
    management: { autoRepair: true, autoUpgrade: true },
    upgradeSettings: spot
      ? { strategy: "SURGE", maxSurge: 0, maxUnavailable: 1 }
      : { strategy: "SURGE", maxSurge: surgeNodes(settings), maxUnavailable: 0 },
    networkConfig: { enablePrivateNodes: true },
    nodeConfig: {
      ...nodeInputs(surroundings),
      machineType,
      diskSizeGb: diskGb,
      spot,
      labels: poolLabels(role),
      taints: gkeTaints(settings),
    },
  };
}
