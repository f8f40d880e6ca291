/** The clouds, by the names of their Pulumi packages. */
export type Cloud = "gcp" | "aws" | "azure-native";

/** A cluster resource as the plugin of its cloud has it. */
export interface ClusterRequest {
  /** The folder that stands for the account: everything in that cloud. */
  readonly account: string;
  readonly cloud: Cloud;
  /** The id of the resource, as other resources refer to it. */
  readonly id: string;
  readonly name: string;
  readonly kubernetesVersion: string;
  readonly region: string;
  /** As the cloud writes them: `us-central1-a`, `us-east-1a`, `1`. */
  readonly zones: readonly string[];
  /** The inputs of the resource. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Where a cluster is reached. */
export interface ClusterAnswer {
  /** `https://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** The certificate that the API server shows, as PEM in base64. */
  readonly certificateAuthority: string;
}

export interface PoolTaint {
  readonly key: string;
  readonly value?: string;
  /** As Kubernetes writes it or as the clouds do: `NoSchedule`, `NO_SCHEDULE`. */
  readonly effect: string;
}

/** A node pool as it is to be. */
export interface CloudNodePool {
  readonly name: string;
  readonly machineType: string;
  /** How many nodes there are in all zones together. */
  readonly nodes: number;
  readonly zones: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly PoolTaint[];
  /** What one node has, as Kubernetes writes it: `4`, `16Gi`. */
  readonly cpu: string;
  readonly memory: string;
  /** The version of its nodes. @default the cluster's */
  readonly kubernetesVersion?: string;
}

export interface NodePoolRequest {
  readonly account: string;
  readonly clusterId: string;
  readonly pool: CloudNodePool;
}

/** What the plugins of the clouds call for resources behind which there is a real API server. */
export interface ClusterHook {
  clusterCreated(request: ClusterRequest): Promise<ClusterAnswer>;
  clusterUpdated(request: ClusterRequest): Promise<ClusterAnswer>;
  clusterDeleted(request: { readonly account: string; readonly id: string }): Promise<void>;
  /** Creates a pool or brings it to what it is to be. */
  nodePoolChanged(request: NodePoolRequest): Promise<void>;
  nodePoolDeleted(request: {
    readonly account: string;
    readonly clusterId: string;
    readonly name: string;
  }): Promise<void>;
}
