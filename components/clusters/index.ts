import type * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle } from "../core/cluster-handle.ts";
import { ExistingCluster, type ExistingClusterArgs } from "./existing.ts";

export { ExistingCluster } from "./existing.ts";
export type { ExistingClusterArgs, ExistingClusterSettings } from "./existing.ts";

/** A cluster of any kind; `kind` decides which of the components is made. */
export type ClusterArgs = { readonly kind: "existing" } & ExistingClusterArgs;

const CLUSTERS = { existing: ExistingCluster } as const;

/** The cluster that the stack file asks for. */
export function createCluster(
  name: string,
  args: ClusterArgs,
  opts?: pulumi.ComponentResourceOptions,
): ClusterHandle {
  const { kind, ...rest } = args;
  return new CLUSTERS[kind](name, rest, opts);
}
