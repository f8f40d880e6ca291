import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import type { Provider } from "@pulumi/azure-native/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksClusterArgs } from "../cloud-context.ts";
import { aksNames, type AksNames } from "./aks-names.ts";

/** What every resource of one cluster has in common: where it goes, what it is called, who pays for it. */
export interface AksPlace {
  /** Logical name of the cluster; those of all resources begin with it. */
  readonly name: string;
  readonly args: AksClusterArgs;
  readonly names: AksNames;
  readonly tags: Record<string, string>;
  /** Id of the cluster's resource group, for roles in everything that is in it. */
  readonly groupId: pulumi.Output<string>;
  /** Resource group, region and tags of what goes with the cluster. */
  readonly here: AksBase;
  /** Likewise of what may outlive it. */
  readonly data: AksBase;
  /** Options of a resource: its parent and provider, and what else it says. */
  readonly child: (more?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
  /** Options of a resource that holds data, or without which data cannot be read. */
  readonly keeping: (more?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
}

/** What nearly every resource of Azure is told. */
interface AksBase {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
  readonly tags: Record<string, string>;
}

/**
 * The resource groups, and the place that everything else is made in. What may outlive the cluster has a
 * group of its own, because Azure deletes a group with all that is in it, retained or not.
 */
export function aksPlace(
  name: string,
  args: AksClusterArgs,
  parent: pulumi.Resource,
  provider: Provider,
): AksPlace {
  const names = aksNames(args);
  const tags = { cluster: args.name, "managed-by": "slipway" };
  const location = args.region;
  const child: AksPlace["child"] = (more) => ({ parent, provider, ...more });
  const keeping: AksPlace["keeping"] = (more) =>
    child({ protect: args.deletionProtection, retainOnDelete: args.retainData, ...more });
  const group = new ResourceGroup(
    `${name}-group`,
    { resourceGroupName: names.group, location, tags },
    child(),
  );
  const dataGroup = new ResourceGroup(
    `${name}-data-group`,
    { resourceGroupName: names.dataGroup, location, tags },
    keeping(),
  );
  return {
    name,
    args,
    names,
    tags,
    groupId: group.id,
    here: { resourceGroupName: group.name, location, tags },
    data: { resourceGroupName: dataGroup.name, location, tags },
    child,
    keeping,
  };
}
