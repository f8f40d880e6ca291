import type * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle } from "../core/cluster-handle.ts";
import type { CloudContext } from "./cloud-context.ts";
import { ExistingCluster, type ExistingClusterArgs } from "./existing.ts";
import type { AksSettings, EksSettings, GkeSettings } from "./settings.ts";

export { ExistingCluster } from "./existing.ts";
export type { ExistingClusterArgs, ExistingClusterSettings } from "./existing.ts";

/** A cluster of any kind; `kind` decides which of the components is made. */
export type ClusterArgs =
  ({ readonly kind: "existing" } & ExistingClusterArgs) | GkeSettings | EksSettings | AksSettings;

/** Whether the cluster's settings ask that nothing of the stack be destroyed. */
export function isProtected(args: ClusterArgs): boolean {
  return args.kind !== "existing" && args.deletionProtection;
}

/**
 * The cluster that the stack file asks for. Loads the SDK of its cloud and of no other, because each
 * takes a tenth of a second and tens of megabytes.
 */
export async function createCluster(
  name: string,
  args: ClusterArgs,
  context: CloudContext,
  opts?: pulumi.ComponentResourceOptions,
): Promise<ClusterHandle> {
  switch (args.kind) {
    case "existing":
      return new ExistingCluster(name, args, opts);
    case "gke": {
      const { GkeCluster } = await import("./gke/gke-cluster.ts");
      return new GkeCluster(name, { ...args, ...context }, opts);
    }
    case "eks": {
      const { EksCluster } = await import("./eks/eks-cluster.ts");
      return new EksCluster(name, { ...args, ...context }, opts);
    }
    case "aks": {
      const { AksCluster } = await import("./aks/aks-cluster.ts");
      return new AksCluster(name, { ...args, ...context }, opts);
    }
  }
}
