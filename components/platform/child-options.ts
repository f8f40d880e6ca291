import type * as pulumi from "@pulumi/pulumi";

/** Options of an add-on: as for any component, with resources alone to wait for. */
export interface AddOnOptions extends pulumi.ComponentResourceOptions {
  /** Created before, and deleted after, everything in the add-on. */
  dependsOn?: pulumi.Resource[];
}

/**
 * Options for one child of an add-on. The engine does not hand a component's `dependsOn` on to its
 * children, so each child gets it explicitly, plus what it alone waits for.
 */
export function childOptions(
  parent: pulumi.Resource,
  opts: AddOnOptions | undefined,
  alsoDependsOn: readonly pulumi.Resource[] = [],
): pulumi.CustomResourceOptions {
  return { parent, dependsOn: [...(opts?.dependsOn ?? []), ...alsoDependsOn] };
}
