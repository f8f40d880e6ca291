import type { z } from "zod";
import type { ClusterKind, ClusterSettings } from "../../components/clusters/settings.ts";
import type { Guard } from "../../components/core/guard.ts";
import type { PlatformSettings } from "../../components/platform/settings.ts";
import type { KaizenStudioSettings } from "../../systems/kaizen-studio/settings.ts";
import { CLUSTER_SCHEMAS, clusterSchema } from "./cluster.ts";
import { kaizenStudioSchema } from "./kaizen-studio.ts";
import { platformSchema } from "./platform.ts";
import { httpsFolder, oneOf, section } from "./values.ts";

/** What stands before the colon of every key of ours. */
export const NAMESPACE = "slipway";

/** Stands in for the address of a copy of this repository, and is counted as a placeholder. */
export const RUNBOOKS_URL_DEFAULT = "https://github.com/your-org/slipway/blob/main/docs/runbooks";

/** The keys but `cluster`, whose shape hangs on its kind. */
function stackOf<C extends z.core.SomeType>(cluster: C) {
  return section(
    { description: "The settings of one stack." },
    {
      guard: oneOf(
        {
          description:
            "strict refuses what is insecure or not highly available; relaxed allows it and says so.",
        },
        ["strict", "relaxed"],
      ),
      placeholders: oneOf(
        {
          description:
            "allowed counts what a person still has to supply, and runs; refused makes an error of each.",
        },
        ["allowed", "refused"],
      ),
      runbooksUrl: httpsFolder({
        description:
          "Where whoever is on call reads docs/runbooks; the links of all alerts begin with it.",
        rows: ["K-27"],
      }).default(RUNBOOKS_URL_DEFAULT),
      cluster,
      platform: platformSchema,
      systems: section(
        {
          description: "The application systems; one that is left out is not deployed.",
          rows: ["E-43"],
        },
        { kaizenStudio: kaizenStudioSchema.exactOptional() },
      ),
    },
  );
}

/** Shape of the keys of a stack that are no secrets, each below `slipway:`. */
export const stackSchema = stackOf(clusterSchema);

/**
 * The same for stacks of one kind of cluster. Checks use it, so that a broken value is judged by the
 * shape that its writer meant.
 */
export const STACK_SCHEMAS = {
  existing: stackOf(CLUSTER_SCHEMAS.existing),
  gke: stackOf(CLUSTER_SCHEMAS.gke),
  eks: stackOf(CLUSTER_SCHEMAS.eks),
  aks: stackOf(CLUSTER_SCHEMAS.aks),
} as const satisfies Record<ClusterKind, z.ZodType>;

/** The settings of a stack once they are checked: what the stack file says, with defaults filled in. */
export interface StackSettings {
  readonly guard: Guard;
  readonly placeholders: "allowed" | "refused";
  /** The folder of docs/runbooks as whoever is on call reads it, `https://`; alerts link into it. */
  readonly runbooksUrl: string;
  readonly cluster: ClusterSettings;
  readonly platform: PlatformSettings;
  readonly systems: { readonly kaizenStudio?: KaizenStudioSettings };
}

// Fails to compile when the shape and the components' own settings drift apart.
stackSchema satisfies z.ZodType<StackSettings>;
