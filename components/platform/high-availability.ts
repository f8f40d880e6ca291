import type { ChartValues } from "./chart-values.ts";

/**
 * Values of a disruption budget in the form that the charts share: one pod may be away at a time. Off
 * for a single replica, where a budget would only keep a node from being drained.
 */
export function disruptionBudget(replicas: number): ChartValues {
  return replicas < 2 ? { enabled: false } : { enabled: true, minAvailable: replicas - 1 };
}

/**
 * Values that spread replicas over zones and nodes, nothing for a single replica. A wish and not a
 * demand: with fewer zones than replicas, two in one zone serve better than one that is pending.
 */
export function topologySpread(
  replicas: number,
  matchLabels: Readonly<Record<string, string>>,
): readonly ChartValues[] {
  if (replicas < 2) return [];
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  }));
}
