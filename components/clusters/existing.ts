import type * as pulumi from "@pulumi/pulumi";
import type { NodePool, StorageClasses } from "../core/cluster-handle.ts";

/** What the stack file says of a cluster that somebody else made (`slipway:cluster`, kind existing). */
export interface ExistingClusterSettings {
  /**
   * A name for the cluster that never changes, whatever its address or credentials do. Changing it
   * replaces everything in the cluster.
   */
  readonly clusterIdentifier: string;
  /** The context of the kubeconfig to use; required, so that no current-context decides. */
  readonly context: string;
  /** The nodes that are there, for the capacity check and for the size of local stand-in nodes. */
  readonly nodePools: readonly NodePool[];
  readonly storageClasses: StorageClasses;
}

export interface ExistingClusterArgs extends ExistingClusterSettings {
  /** Content of a kubeconfig, marked secret. */
  readonly kubeconfig: pulumi.Output<string>;
}
