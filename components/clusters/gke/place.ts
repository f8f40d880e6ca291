import type { Provider } from "@pulumi/gcp/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkeClusterArgs } from "../cloud-context.ts";
import { gkeNames, type GkeNames } from "./gke-names.ts";
import { projectServices } from "./project-services.ts";
import { serviceAgents, type ServiceAgents } from "./service-agents.ts";

/** What every resource of one cluster has in common: where it goes, what it is called, who it is for. */
export interface GkePlace {
  /** Logical name of the cluster; those of all resources begin with it. */
  readonly name: string;
  readonly args: GkeClusterArgs;
  readonly names: GkeNames;
  readonly labels: Record<string, string>;
  readonly agents: ServiceAgents;
  /** Options of a resource: its parent and provider, and what else it says. */
  readonly child: (more?: ChildOptions) => pulumi.CustomResourceOptions;
  /** Options of a resource that holds data, or without which data cannot be read. */
  readonly keeping: (more?: ChildOptions) => pulumi.CustomResourceOptions;
}

/** Options with resources alone to wait for. */
export type ChildOptions = Omit<pulumi.CustomResourceOptions, "dependsOn"> & {
  readonly dependsOn?: readonly pulumi.Resource[];
};

/** What every resource is labelled with. */
export const gkeLabels = ({ name }: Pick<GkeClusterArgs, "name">): Record<string, string> => ({
  cluster: name,
  "managed-by": "slipway",
});

/** Switches on what is used of Google Cloud, and gives the place that everything else is made in. */
export function gkePlace(
  name: string,
  args: GkeClusterArgs,
  parent: pulumi.Resource,
  provider: Provider,
): GkePlace {
  const services = projectServices(name, args, { parent, provider });
  // What is not switched on refuses everything.
  const child: GkePlace["child"] = (more) => ({
    parent,
    provider,
    ...more,
    dependsOn: [...services, ...(more?.dependsOn ?? [])],
  });
  const keeping: GkePlace["keeping"] = (more) =>
    child({ protect: args.deletionProtection, retainOnDelete: args.retainData, ...more });
  return {
    name,
    args,
    names: gkeNames(args),
    labels: gkeLabels(args),
    agents: serviceAgents(args.project, { parent, provider, dependsOn: services }),
    child,
    keeping,
  };
}
