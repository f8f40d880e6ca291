import type * as pulumi from "@pulumi/pulumi";

/** Options of a component of ours: as for any component, with resources alone to wait for. */
export interface ChildBearingOptions extends pulumi.ComponentResourceOptions {
  /** Created before, and deleted after, everything in the component: its namespace above all. */
  dependsOn?: pulumi.Resource[];
}

/**
 * Options for one child of a component. The engine does not hand a component's `dependsOn` on to its
 * children, so a pod could be created while the namespace is still missing its network policies;
 * therefore each child gets them explicitly, plus what it alone waits for.
 */
export function childOptions(
  parent: pulumi.Resource,
  opts: ChildBearingOptions | undefined,
  alsoDependsOn: readonly pulumi.Resource[] = [],
): pulumi.CustomResourceOptions {
  return { parent, dependsOn: [...(opts?.dependsOn ?? []), ...alsoDependsOn] };
}
