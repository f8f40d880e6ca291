import type { ExistingClusterSettings } from "./existing.ts";

/** The kinds of cluster, as `slipway:cluster.kind` names them. */
export const CLUSTER_KINDS = ["existing", "gke", "eks", "aks"] as const;
export type ClusterKind = (typeof CLUSTER_KINDS)[number];
/** The kinds that are made in a cloud. */
export type CloudKind = Exclude<ClusterKind, "existing">;

/**
 * What runs on a pool. `system` holds what the cluster itself runs, and is tainted against all else;
 * every cluster has one. `general` takes any pod. `interruptible` is tainted, for work that may stop at
 * any moment. `high-performance` is tainted and carries the label `node-type: high-performance` (P-22).
 */
export const POOL_ROLES = ["system", "general", "interruptible", "high-performance"] as const;
export type PoolRole = (typeof POOL_ROLES)[number];

/**
 * Nodes of one kind in a cloud (E-42). Changing `machineType`, `diskGb` or `spot` replaces the pool's
 * nodes one after another or the pool as a whole; changing `minNodes` or `maxNodes` touches no node that
 * is needed.
 */
export interface CloudNodePoolSettings {
  readonly name: string;
  readonly role: PoolRole;
  /** The cloud's own name of the size, such as `n2-standard-4` (T-11, T-12, T-13). */
  readonly machineType: string;
  /** Fewest nodes in the whole cluster, over all zones together (D-79, D-82). */
  readonly minNodes: number;
  /** Most nodes in the whole cluster (D-79, D-83). */
  readonly maxNodes: number;
  /** Size of a node's disk in GB, 30 to 2000 (T-11: 100). */
  readonly diskGb: number;
  /** Nodes that the cloud may take away at any moment, for a fraction of the price. */
  readonly spot: boolean;
  /** CPU of one node; only for a machine type that machine-types.ts does not know. */
  readonly cpu?: string;
  /** Memory of one node; likewise. */
  readonly memory?: string;
}

/** Address ranges, in CIDR notation. Changing one replaces the network, and so the cluster. */
export interface NetworkSettings {
  /** The network's own range: nodes, load balancers, the control plane, managed data. */
  readonly cidr: string;
  /** Services of the cluster. Outside `cidr`; seen nowhere but in the cluster. */
  readonly services: string;
  /** Ranges that this network is joined to, or may be one day. None of ours may overlap them. */
  readonly peers: readonly string[];
}

/** When the cloud may change control plane and nodes on its own. Times are UTC. */
export interface MaintenanceSettings {
  readonly days: readonly Weekday[];
  /** `HH:MM`. */
  readonly start: string;
  /** Length of the window in hours, 4 to 24. */
  readonly hours: number;
  /** Times in which nothing may be changed, such as a sale; RFC 3339. */
  readonly exclusions: readonly {
    readonly name: string;
    readonly from: string;
    readonly until: string;
  }[];
}

export const WEEKDAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What the stack file says of a cluster that is made in a cloud, whichever it is (E-41). */
export interface CloudClusterSettings {
  /** Names the cluster and everything made for it. Changing it replaces everything. */
  readonly name: string;
  readonly region: string;
  readonly zones: readonly string[];
  /** Minor version, such as `1.35`. Raised in place, one minor version at a time. */
  readonly kubernetesVersion: string;
  /**
   * How the API server is reached: `dns`, by a name behind the cloud's own sign-in (GKE alone);
   * `restricted`, by a public address that answers `allowedCidrs` alone; `private`, from inside the
   * network alone, where deployments then have to run.
   */
  readonly endpoint: "dns" | "restricted" | "private";
  /** Ranges that may reach a `restricted` endpoint. */
  readonly allowedCidrs: readonly string[];
  /** Who deploys: gets access before the first object is made. As the cloud names principals. */
  readonly deployer: string;
  /** Who may do everything in the cluster. As the cloud names principals. */
  readonly admins: readonly string[];
  /** Who may look at everything but Secrets. */
  readonly viewers: readonly string[];
  readonly network: NetworkSettings;
  readonly nodePools: readonly CloudNodePoolSettings[];
  readonly storage: {
    /** What becomes of a volume whose claim is deleted (D-73). */
    readonly reclaimPolicy: "Retain" | "Delete";
    /** Whether a class for volumes that several pods mount is made. It costs even when it is empty. */
    readonly rwx: boolean;
  };
  readonly maintenance: MaintenanceSettings;
  /** How long logs of the control plane and of the network are kept, in days: 7 to 3653. */
  readonly logRetentionDays: number;
  /** Whether the cloud refuses to delete cluster, databases and object stores. */
  readonly deletionProtection: boolean;
  /** Whether object stores, their keys and last snapshots of databases outlive `destroy`. */
  readonly retainData: boolean;
  /** The domain of a public DNS zone to make; no zone where it is absent. */
  readonly dnsDomain?: string;
  /** Whether a registry for images is made, from which the nodes may pull. */
  readonly registry: boolean;
}

/** A cluster on Google Kubernetes Engine (T-11). */
export interface GkeSettings extends CloudClusterSettings {
  readonly kind: "gke";
  /** Id of the project that holds everything. */
  readonly project: string;
  readonly network: NetworkSettings & {
    /** Pods of the cluster. Outside `cidr`. A node takes a /25 of it. */
    readonly pods: string;
  };
}

/** A cluster on Elastic Kubernetes Service (T-12). Pods take addresses of the network's own range. */
export interface EksSettings extends CloudClusterSettings {
  readonly kind: "eks";
  /** Number of the account that holds everything; another account's credentials are refused. */
  readonly account: string;
}

/** A cluster on Azure Kubernetes Service (T-13). */
export interface AksSettings extends CloudClusterSettings {
  readonly kind: "aks";
  readonly subscription: string;
  readonly tenant: string;
  readonly network: NetworkSettings & {
    /** Pods of the cluster, an overlay that is seen nowhere but in it. Outside `cidr`. */
    readonly pods: string;
  };
}

export type CloudSettings = GkeSettings | EksSettings | AksSettings;

/** `slipway:cluster` once it is checked. */
export type ClusterSettings =
  | (ExistingClusterSettings & { readonly kind: "existing"; readonly kubeconfigFile?: string })
  | CloudSettings;
