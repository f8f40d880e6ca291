import type * as pulumi from "@pulumi/pulumi";

/** Options of a workload block: as for any component, with resources alone to wait for. */
export interface BlockOptions extends pulumi.ComponentResourceOptions {
  /** Created before, and deleted after, everything in the block: its namespace above all. */
  dependsOn?: pulumi.Resource[];
}

/**
 * Options for one child of a block. The engine does not hand a component's `dependsOn` on to its
 * children, so a pod could be created while the namespace is still missing its network policies;
 * therefore each child gets them explicitly, plus what it alone waits for.
 */
export function childOptions(
  parent: pulumi.Resource,
  opts: BlockOptions | undefined,
  alsoDependsOn: readonly pulumi.Resource[] = [],
): pulumi.CustomResourceOptions {
  return { parent, dependsOn: [...(opts?.dependsOn ?? []), ...alsoDependsOn] };
}
