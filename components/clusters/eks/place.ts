import type { Provider } from "@pulumi/aws/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import type { EksClusterArgs } from "../cloud-context.ts";
import { eksNames, type EksNames } from "./eks-names.ts";

/** What every resource of one cluster has in common: what it is called, and where it goes. */
export interface EksPlace {
  /** Logical name of the cluster; those of all resources begin with it. */
  readonly name: string;
  readonly args: EksClusterArgs;
  readonly names: EksNames;
  /** Options of a resource: its parent and provider, and what else it says. */
  readonly child: (more?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
  /** Options of a resource that holds data, or without which data cannot be read. */
  readonly keeping: (more?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
}

/** Tags of everything; the provider sets them, and what AWS makes in our name gets them from us. */
export function clusterTags({ name }: Pick<EksClusterArgs, "name">): Record<string, string> {
  return { cluster: name, "managed-by": "slipway" };
}

export function eksPlace(
  name: string,
  args: EksClusterArgs,
  parent: pulumi.Resource,
  provider: Provider,
): EksPlace {
  const child: EksPlace["child"] = (more) => ({ parent, provider, ...more });
  const keeping: EksPlace["keeping"] = (more) =>
    child({ protect: args.deletionProtection, retainOnDelete: args.retainData, ...more });
  return { name, args, names: eksNames(args), child, keeping };
}
