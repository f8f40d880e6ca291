import type { CloudNodePoolSettings, EksSettings } from "../settings.ts";

/** The nodes of one pool in one zone: EKS counts per group, and a group of ours lies in one zone. */
export interface ZoneGroup {
  readonly pool: CloudNodePoolSettings;
  readonly zone: string;
  readonly minNodes: number;
  readonly maxNodes: number;
}

/** A total in parts that differ by one at most, the larger ones first: 5 in 3 zones is 2, 2, 1. */
export function spread(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, index) =>
    Math.floor((total + parts - 1 - index) / parts),
  );
}

/**
 * A group for each pool and zone, so that the autoscaler can add a node in the very zone where a volume
 * waits for its pod. Totals of the cluster (D-79) are met exactly. EKS takes no group of no nodes at
 * all, so a pool with fewer nodes than there are zones leaves the last zones out.
 */
export function zoneGroups({ nodePools, zones }: EksSettings): ZoneGroup[] {
  return nodePools.flatMap((pool) => {
    const fewest = spread(pool.minNodes, zones.length);
    const most = spread(pool.maxNodes, zones.length);
    return zones.flatMap((zone, index) => {
      const [minNodes = 0, maxNodes = 0] = [fewest[index], most[index]];
      return maxNodes === 0 ? [] : [{ pool, zone, minNodes, maxNodes }];
    });
  });
}

/** Nodes that EKS may add to a group while it replaces the others: one for each, and one in hand. */
const SURGE = 2;

/** Most nodes that one zone ever has, another zone being lost. */
export function nodesInZone({ nodePools, zones }: EksSettings): number {
  const left = Math.max(zones.length - 1, 1);
  return nodePools.reduce((sum, { maxNodes }) => sum + Math.ceil(maxNodes / left) + SURGE, 0);
}
