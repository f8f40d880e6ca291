import { objectsAt } from "../../../plan/model/json.ts";
import type { PlannedCloud } from "./planned-cloud.ts";

/** How one cloud has a property, and what shows it in a plan; or why it cannot have it. */
export type Proof =
  | { readonly how: string; readonly holds: (cloud: PlannedCloud) => boolean }
  | { readonly cannot: string };

/** What every cluster of guard strict is to be. */
export interface SecureProperty {
  readonly name: string;
  readonly gke: Proof;
  readonly eks: Proof;
  readonly aks: Proof;
}

export const GKE = "gcp:container/cluster:Cluster";
export const GKE_POOL = "gcp:container/nodePool:NodePool";
export const EKS = "aws:eks/cluster:Cluster";
export const EKS_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const AKS = "azure-native:containerservice:ManagedCluster";
export const AKS_POOL = "azure-native:containerservice:AgentPool";

/** All pools of an AKS cluster: the first is part of the cluster. */
export const aksPools = (cloud: PlannedCloud) => [
  ...cloud.inputsOf(AKS).flatMap((cluster) => objectsAt(cluster, "agentPoolProfiles")),
  ...cloud.inputsOf(AKS_POOL),
];

export const isProtected = (cloud: PlannedCloud, type: string) =>
  cloud.entriesOf(type).length > 0 && cloud.entriesOf(type).every(({ protect }) => protect);

/** Ranges, none of which is the whole internet. */
export const NARROW = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && !value.some((cidr) => /\/0$/.test(String(cidr)));
