import type { KubernetesObject, NodeObject } from "./cluster-objects.ts";
import type { Part } from "./parts.ts";
import type { Stage } from "./stages.ts";
import type { StateLayout } from "./state-layout.ts";

/** What runs beside the control plane of a cluster and is started and stopped with it. */
export interface Companions {
  /** Flags of the API server besides those that every one of ours has. */
  readonly apiServerArguments: readonly string[];
  /** Programs that are started once the API answers. */
  readonly parts: readonly Part[];
}

/** What makes a cluster this one rather than another: all that is not the same for every control plane. */
export interface ClusterSetup {
  /** What kwok plays. */
  readonly stages: readonly Stage[];
  /** Objects that are there from the first moment. */
  readonly objects: readonly KubernetesObject[];
  readonly nodes: readonly NodeObject[];
  /** Asked once for each attempt to start, for the ports that it chooses may be taken by then. */
  readonly companions?: (layout: StateLayout) => Promise<Companions>;
  /** Where the API server listens; a free port unless said. */
  readonly apiServerPort?: number;
}
