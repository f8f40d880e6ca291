import type { Cloud } from "../../plan/recording/cloud-outputs/index.ts";

/** What differs between the clouds in the life of one stack on each. */
export interface CloudLife {
  readonly kind: "gke" | "eks" | "aks";
  /** The folder below examples/; undefined for the project's own stack files. */
  readonly example: string | undefined;
  readonly cloud: Cloud;
  /** The type whose first creation meets a used-up quota. */
  readonly poolType: string;
  /** Which of the pools is the general one. */
  readonly generalPool: number;
  readonly grownTo: number;
  /** What is done when that pool grows. */
  readonly touchedByGrowth: readonly string[];
  /** What is done when the Kubernetes version is raised. */
  readonly touchedByVersion: readonly string[];
  /** What is left in the account when all is destroyed. */
  readonly retained: readonly string[];
}

export const CLOUD_LIVES: readonly CloudLife[] = [
  {
    kind: "gke",
    example: undefined,
    cloud: "gcp",
    poolType: "gcp:container/nodePool:NodePool",
    generalPool: 1,
    grownTo: 31,
    touchedByGrowth: ["update cluster", "update cluster-pool-general"],
    touchedByVersion: ["update cluster", "update cluster-gke"],
    retained: [],
  },
  {
    kind: "aks",
    example: "aks",
    cloud: "azure-native",
    poolType: "azure-native:containerservice:AgentPool",
    generalPool: 1,
    grownTo: 22,
    touchedByGrowth: [
      "update cluster",
      "update cluster-pool-general1",
      "update cluster-pool-general2",
      "update cluster-pool-general3",
    ],
    touchedByVersion: [
      "update cluster",
      "update cluster-aks",
      "update cluster-pool-general1",
      "update cluster-pool-general2",
      "update cluster-pool-general3",
      "update cluster-pool-system2",
      "update cluster-pool-system3",
    ],
    retained: [],
  },
  {
    kind: "eks",
    example: "eks",
    cloud: "aws",
    poolType: "aws:eks/nodeGroup:NodeGroup",
    generalPool: 1,
    grownTo: 21,
    // 20 in three zones are 7, 7 and 6.
    touchedByGrowth: ["update cluster", "update cluster-pool-general-us-east-1c"],
    touchedByVersion: [
      "update cluster",
      "update cluster-cluster",
      "update cluster-coredns",
      "update cluster-kube-proxy",
      "update cluster-metrics-server",
      "update cluster-pool-general-us-east-1a",
      "update cluster-pool-general-us-east-1b",
      "update cluster-pool-general-us-east-1c",
      "update cluster-pool-system-us-east-1a",
      "update cluster-pool-system-us-east-1b",
      "update cluster-pool-system-us-east-1c",
    ],
    retained: [],
  },
  {
    kind: "gke",
    example: undefined,
    cloud: "gcp",
    poolType: "gcp:container/nodePool:NodePool",
    generalPool: 1,
    grownTo: 33,
    touchedByGrowth: [],
    touchedByVersion: [],
    retained: [],
  },
];
