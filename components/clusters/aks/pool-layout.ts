import { withoutDashes } from "../cloud-names.ts";
import { perZone, poolLabels, poolTaints } from "../node-pools.ts";
import type { AksSettings, CloudNodePoolSettings } from "../settings.ts";

/** AKS refuses longer names of pools. */
const LONGEST_POOL_NAME = 12;
/** Share of a pool that an upgrade adds for its time: a third, so that it is done in three steps. */
const SURGE_PERCENT = 33;

/** One pool as AKS has it. */
export interface AksPool {
  /** At most 12 lower-case letters and digits; the name in the settings and the zone where that fits. */
  readonly name: string;
  readonly settings: CloudNodePoolSettings;
  readonly zone: string;
  readonly minCount: number;
  readonly maxCount: number;
}

/**
 * The pools of AKS, system pools first: the first of all is part of the cluster itself.
 *
 * Each pool of the settings becomes one per zone, in the subnet of its zone: egress then survives the loss
 * of a zone, and the autoscaler can add a node in the zone where a volume is. A zone gets the smallest
 * number that reaches the total (D-79), so three zones and `maxNodes: 20` make 21. It hangs on the zones
 * alone: a guard that is relaxed for a while must not move nodes.
 */
export function poolLayout({ nodePools, zones }: AksSettings): AksPool[] {
  const ordered = [
    ...nodePools.filter(({ role }) => role === "system"),
    ...nodePools.filter(({ role }) => role !== "system"),
  ];
  return ordered.flatMap((settings) =>
    zones.map((zone) => ({
      name: `${withoutDashes(settings.name, LONGEST_POOL_NAME - 1)}${zone}`,
      settings,
      zone,
      minCount: perZone(settings.minNodes, zones.length),
      maxCount: perZone(settings.maxNodes, zones.length),
    })),
  );
}

/** Nodes that an upgrade adds to a pool; nodes that Azure may take away are replaced without any. */
export function surgeNodes({ settings, maxCount }: AksPool): number {
  return settings.spot ? 0 : Math.ceil((maxCount * SURGE_PERCENT) / 100);
}

/** How AKS words {@link surgeNodes}. */
export const MAX_SURGE = `${SURGE_PERCENT}%`;

/** Labels of a pool's nodes. AKS sets the second one itself, and wants it said. */
export function aksLabels({ role, spot }: CloudNodePoolSettings): Record<string, string> {
  return {
    ...poolLabels(role),
    ...(spot ? { "kubernetes.azure.com/scalesetpriority": "spot" } : {}),
  };
}

/** Taints of a pool's nodes, as AKS words them. */
export function aksTaints({ role, spot }: CloudNodePoolSettings): string[] {
  return poolTaints("aks", role, spot).map(({ key, value, effect }) => `${key}=${value}:${effect}`);
}
