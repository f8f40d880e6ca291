import type { Cluster } from "@pulumi/gcp/container/cluster.js";
import { NodePool } from "@pulumi/gcp/container/nodePool.js";
import type { GkePlace } from "./place.ts";
import { poolInputs, type NodeSurroundings } from "./pool-inputs.ts";

/** Makes the pools. */
export function nodePools(
  { name, args, child }: GkePlace,
  cluster: Cluster,
  surroundings: NodeSurroundings,
): NodePool[] {
  return args.nodePools.map(
    (pool) =>
      new NodePool(
        `${name}-pool-${pool.name}`,
        {
          project: args.project,
          location: args.region,
          cluster: cluster.name,
          // The exclusion of minor versions holds for nodes too, so the same `up` raises them.
          version: cluster.masterVersion,
          ...poolInputs(pool, args.zones, surroundings),
        },
        child({
          // The number of nodes is the autoscaler's; another one here would make the pool anew.
          ignoreChanges: ["initialNodeCount"],
          // The name is fixed, so a pool that has to be made anew goes first.
          deleteBeforeReplace: true,
          customTimeouts: { create: "40m", update: "120m", delete: "60m" },
        }),
      ),
  );
}
