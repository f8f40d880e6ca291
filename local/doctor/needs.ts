import { machineSize } from "../../components/clusters/node-pools.ts";
import type { CloudNodePoolSettings, CloudSettings } from "../../components/clusters/settings.ts";
import { parseCpu } from "../../components/core/quantity.ts";

/**
 * CPUs of all pools at their maximum, by the quota that `quotaOf` says they count against. `mostNodes` is
 * for clouds where a pool may grow past `maxNodes`.
 */
export function cpusByQuota(
  { kind, nodePools }: CloudSettings,
  quotaOf: (pool: CloudNodePoolSettings) => string | undefined,
  mostNodes: (pool: CloudNodePoolSettings) => number = ({ maxNodes }) => maxNodes,
): ReadonlyMap<string | undefined, number> {
  const sums = new Map<string | undefined, number>();
  for (const pool of nodePools) {
    // Every machine type of a checked stack has a size.
    const milli = parseCpu(machineSize(kind, pool)?.cpu ?? "0") ?? 0;
    const quota = quotaOf(pool);
    sums.set(quota, (sums.get(quota) ?? 0) + (milli / 1000) * mostNodes(pool));
  }
  return sums;
}

/** GB of all nodes' disks when every pool is at its maximum. */
export function diskGb({ nodePools }: CloudSettings): number {
  return nodePools.reduce((sum, pool) => sum + pool.maxNodes * pool.diskGb, 0);
}
