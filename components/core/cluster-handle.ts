import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { NetworkPeer } from "./network-address.ts";
import type { CreateManagedPostgres } from "./managed-postgres.ts";
import type { CpuAndMemory } from "./quantity.ts";
import type { WriteSecret } from "./secret-backend.ts";
import type { Grant, ServiceAccountRef, WorkloadIdentity } from "./workload-identity.ts";

export type { NetworkPeer } from "./network-address.ts";

/** A taint of a node, as Kubernetes words it. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** Nodes of one kind. The size of one node; how many there are at least and at most in the cluster. */
export interface NodePool extends CpuAndMemory {
  readonly name: string;
  readonly minNodes: number;
  readonly maxNodes: number;
  /** Keep off every pod that does not tolerate them. Absent where any pod may run. */
  readonly taints?: readonly NodeTaint[];
  /** Labels that pods select the pool's nodes by; absent where there are none of ours. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Names of the storage classes by purpose (D-73). A claim names one of these and never a cloud's. */
export interface StorageClasses {
  readonly standard: string;
  readonly fastSsd: string;
  /** For volumes mounted by several pods at once; absent where the cluster has none. */
  readonly rwx?: string;
}

/** A bucket, by the API that it speaks. */
export interface ObjectStore {
  readonly api: "s3" | "gcs" | "azblob";
  readonly bucket: string;
  readonly region?: string;
  readonly endpoint?: string;
}

/** A DNS zone, by the API that it speaks, with what that API has to be asked with. */
export type DnsZone = {
  /** As the API names it; for azuredns the id, which holds subscription and group. */
  readonly zone: string;
  readonly domain: string;
} & (
  | { readonly api: "clouddns"; readonly project: string }
  | { readonly api: "route53"; readonly region: string }
  | { readonly api: "azuredns" }
);

/** A store of secrets, by the API that it speaks. */
export interface SecretStore {
  readonly api: "gcpsm" | "awssm" | "azurekv";
  readonly prefix: string;
  /** Where it is; awssm needs it. */
  readonly region?: string;
  /** Address of the vault; azurekv needs it. */
  readonly endpoint?: string;
}

/**
 * What any cluster gives to everything above it: data by purpose, never the name of a cloud.
 * Each of the files in components/clusters/ returns one.
 */
export interface ClusterHandle {
  /** Reaches the cluster. Its `clusterIdentifier` is constant, so a new kubeconfig replaces nothing. */
  readonly provider: k8s.Provider;
  readonly clusterIdentifier: string;
  /** Secret. */
  readonly kubeconfig: pulumi.Output<string>;
  readonly storageClasses: StorageClasses;
  /** Annotations that make a Service of type LoadBalancer reachable from outside, or only inside. */
  readonly loadBalancerAnnotations: {
    readonly public: Readonly<Record<string, string>>;
    readonly internal: Readonly<Record<string, string>>;
  };
  readonly nodePools: readonly NodePool[];
  readonly objectStores: { readonly backups?: ObjectStore; readonly logs?: ObjectStore };
  readonly dns?: DnsZone;
  readonly secretStore?: SecretStore;
  /** Puts a value into that store; absent where there is none. */
  readonly writeSecret?: WriteSecret;
  /** Parts that the cluster already has and that must not be installed twice. */
  readonly builtIn: {
    readonly metricsServer: boolean;
    readonly verticalPodAutoscaler: boolean;
    readonly gatewayApi: boolean;
  };
  /** Control-plane parts whose metrics can be scraped. False where a managed control plane hides them. */
  readonly scrapable: {
    readonly controllerManager: boolean;
    readonly scheduler: boolean;
    readonly etcd: boolean;
    readonly proxy: boolean;
    readonly coreDns: boolean;
    readonly kubeDns: boolean;
  };
  /** Parts that the platform still has to install for the cluster to be whole. */
  readonly needs: { readonly loadBalancerController: boolean; readonly autoscaler: boolean };
  /** What these parts have to be told of the cluster; there wherever one of them is needed. */
  readonly controllers?: {
    /** By which nodes and load balancers are made. */
    readonly api: "aws";
    readonly clusterName: string;
    readonly region: string;
    /** The network of the nodes, whose id is given by the cloud. */
    readonly networkId: pulumi.Output<string>;
  };
  readonly networkPeers: {
    /** Resolvers outside the pod network; empty where DNS is pods in kube-system only. */
    readonly dns: readonly NetworkPeer[];
    /** Where pods exchange their ServiceAccount's token for the cloud's. */
    readonly identityEndpoint: readonly NetworkPeer[];
    readonly apiServer: readonly NetworkPeer[];
    readonly managedData: readonly NetworkPeer[];
    /** Where the object stores answer; empty where there are none. */
    readonly objectStorage: readonly NetworkPeer[];
  };
  /** Who can reach the API server, in one sentence for whoever reads the plan. */
  readonly exposure: string;
  /** What this cluster cannot do for those above it, one sentence each; printed by the plan. */
  readonly limitations: readonly string[];
  /** Creates the cloud's side of a workload identity. Throws where the cluster has none. */
  identityFor(serviceAccount: ServiceAccountRef, grants: readonly Grant[]): WorkloadIdentity;
  /** Creates a PostgreSQL server that the cloud runs (E-53); absent where the cluster has none. */
  readonly managedPostgres?: CreateManagedPostgres;
}
