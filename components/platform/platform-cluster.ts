import type { ClusterHandle } from "../core/cluster-handle.ts";

/** What the platform reads of the cluster that it is put on. */
export type PlatformCluster = Pick<
  ClusterHandle,
  | "clusterIdentifier"
  | "storageClasses"
  | "loadBalancerAnnotations"
  | "objectStores"
  | "dns"
  | "secretStore"
  | "writeSecret"
  | "builtIn"
  | "scrapable"
  | "needs"
  | "controllers"
  | "networkPeers"
  | "identityFor"
>;
