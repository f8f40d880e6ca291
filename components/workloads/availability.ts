import type * as k8s from "@pulumi/kubernetes";
import { selectorLabels, type Identity } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";

/** Replicas that follow the load. */
export interface Autoscaling {
  /** At least 1. */
  readonly minReplicas: number;
  /** At least minReplicas. */
  readonly maxReplicas: number;
  /** Percent of the requested cpu that the replicas use on average, 1 to 100 (D-55). */
  readonly cpuUtilization: number;
  /** Percent of the requested memory, 1 to 100; scales on the greater of the two (D-55). */
  readonly memoryUtilization: number;
}

/** A fixed number of replicas, or one that follows the load; never both (D-86). */
export type Scale = { readonly replicas: number } | { readonly autoscaling: Autoscaling };

/** Seconds for which the load must stay low before replicas go: memory falls slowly or never (D-88). */
export const SCALE_DOWN_WINDOW_SECONDS = 300;

/** The fewest replicas that run when nothing is wrong. */
export function fewestReplicas(scale: Scale): number {
  return "replicas" in scale ? scale.replicas : scale.autoscaling.minReplicas;
}

/**
 * How many pods a drain must leave: what was wanted, lowered so that one can always go, or undefined
 * where even that would block the drain for good (D-56).
 */
export function pdbMinAvailable(wanted: number, scale: Scale): number | undefined {
  const possible = Math.min(wanted, fewestReplicas(scale) - 1);
  return possible >= 1 ? possible : undefined;
}

/** Problems of a scale: counts and percentages out of range. */
export function checkScale(scale: Scale, path: string): Problem[] {
  if ("replicas" in scale) return checkCount(scale.replicas, 1, `${path}.replicas`);
  const { minReplicas, maxReplicas, cpuUtilization, memoryUtilization } = scale.autoscaling;
  const at = `${path}.autoscaling`;
  const crossed: Problem = {
    path: `${at}.maxReplicas`,
    got: String(maxReplicas),
    expected: `at least minReplicas (${minReplicas})`,
    remedy: "Raise maxReplicas or lower minReplicas.",
  };
  return [
    ...checkCount(minReplicas, 1, `${at}.minReplicas`),
    ...(maxReplicas < minReplicas ? [crossed] : checkCount(maxReplicas, 1, `${at}.maxReplicas`)),
    ...checkPercent(cpuUtilization, `${at}.cpuUtilization`),
    ...checkPercent(memoryUtilization, `${at}.memoryUtilization`),
  ];
}

/** Problems of a number of things. */
export function checkCount(count: number, least: number, path: string): Problem[] {
  if (Number.isInteger(count) && count >= least) return [];
  const expected = `a whole number of at least ${least}`;
  return [{ path, got: String(count), expected, remedy: "Write how many there are to be." }];
}

function checkPercent(percent: number, path: string): Problem[] {
  if (Number.isInteger(percent) && percent >= 1 && percent <= 100) return [];
  const expected = "a whole percentage from 1 to 100";
  const remedy = "Name the share of the request at which replicas are added.";
  return [{ path, got: String(percent), expected, remedy }];
}

/** The HorizontalPodAutoscaler's spec. */
export function hpaSpec(
  deployment: string,
  scale: Autoscaling,
): k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  const metric = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
  });
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
    minReplicas: scale.minReplicas,
    maxReplicas: scale.maxReplicas,
    metrics: [metric("cpu", scale.cpuUtilization), metric("memory", scale.memoryUtilization)],
    behavior: { scaleDown: { stabilizationWindowSeconds: SCALE_DOWN_WINDOW_SECONDS } },
  };
}

/** The PodDisruptionBudget's spec. */
export function pdbSpec(
  identity: Identity,
  minAvailable: number,
): k8s.types.input.policy.v1.PodDisruptionBudgetSpec {
  return {
    minAvailable,
    selector: { matchLabels: selectorLabels(identity) },
    // Pods that are broken anyway must not hold up the drain that may mend them.
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  };
}
