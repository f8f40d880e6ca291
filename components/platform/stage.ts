import type * as pulumi from "@pulumi/pulumi";
import type { AddOnContext } from "./add-on-context.ts";
import type { ResourceOverrides } from "./add-on-resources.ts";

/** One step of installing the platform: what the add-ons of the step are children of, and come after. */
export interface Stage {
  /** The platform's logical name, with which those of its children begin. */
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly context: AddOnContext;
  readonly after: readonly pulumi.Resource[];
}

/** Options of an add-on of the stage. */
export function stageOptions(
  { parent, after }: Stage,
  alsoAfter: readonly pulumi.Resource[] = [],
): { readonly parent: pulumi.Resource; readonly dependsOn: pulumi.Resource[] } {
  return { parent, dependsOn: [...after, ...alsoAfter] };
}

/** The sizes that settings write, if they do. */
export function sizesIn({ resources }: { readonly resources?: ResourceOverrides }): {
  readonly resources?: ResourceOverrides;
} {
  return resources === undefined ? {} : { resources };
}
