import type { Cloud, ServedApi } from "../../../plan/recording/cloud-outputs/index.ts";

export interface ClusterRef {
  /** The account's folder, the value of SLIPWAY_CLOUD. */
  readonly account: string;
  readonly cloud: Cloud;
  /** The id that the cloud gave the cluster. */
  readonly id: string;
}

export interface ClusterDescription extends ClusterRef {
  readonly name: string;
  /** `1.34` or `1.34.1`. */
  readonly kubernetesVersion: string;
  readonly region: string;
  readonly zones: readonly string[];
  /** All inputs of the resource, secrets in clear. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  /** `NoSchedule`, `PreferNoSchedule` or `NoExecute`. */
  readonly effect: string;
}

export interface PoolDescription {
  readonly name: string;
  readonly machineType: string;
  /**
   * How many nodes there are. Nothing scales nodes here, so a pool has as many as it may ever have,
   * as a local cluster's pools do: what fits at most has to be schedulable.
   */
  readonly nodes: number;
  readonly zones: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** Of one node, such as `4` and `16Gi`. */
  readonly cpu: string;
  readonly memory: string;
  /** Of its nodes, where the pool says one. @default the cluster's */
  readonly kubernetesVersion?: string;
}

export interface PoolRef {
  readonly account: string;
  readonly clusterId: string;
}

/** What makes clusters real: an API server for each, and nodes for their pools. */
export interface ClusterHook {
  clusterCreated(cluster: ClusterDescription): Promise<ServedApi>;
  /** The same cluster with other inputs; its version is raised in place. */
  clusterUpdated(cluster: ClusterDescription): Promise<ServedApi>;
  clusterDeleted(cluster: ClusterRef): Promise<void>;
  /** A pool is new, or has another size, other labels or taints. */
  nodePoolChanged(change: PoolRef & { readonly pool: PoolDescription }): Promise<void>;
  nodePoolDeleted(pool: PoolRef & { readonly name: string }): Promise<void>;
}

/** The part of local/cloud that plugins use. Loaded by the first cluster, as most programs make none. */
export async function loadClusterHook(): Promise<ClusterHook> {
  const place = "../../cloud/index.ts";
  const { clusterHook } = (await import(place)) as { clusterHook: ClusterHook };
  return clusterHook;
}
