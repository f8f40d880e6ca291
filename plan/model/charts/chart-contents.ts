import { numberAt, objectAt, type Json } from "../json.ts";

/** Pods of one kind that a chart makes. */
export interface ChartPods {
  /** What the chart calls the part. */
  readonly part: string;
  /** A Deployment has more pods while it rolls; pods on every node have no number of their own. */
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
  readonly replicas: number;
  /** `requests` of each container; empty ones where the chart is given none. */
  readonly requests: readonly Json[];
}

/** What a chart brings that other objects refer to or compete with. */
export interface ChartContents {
  /** API groups whose definitions come with it. */
  readonly groups: readonly string[];
  readonly ingressClasses: readonly string[];
  readonly pods: readonly ChartPods[];
  /** Labels of pods that its controllers make in the namespaces of others. */
  readonly madePods: readonly Json[];
}

/** Reads {@link ChartContents} off the values, with the chart's own defaults where they are silent. */
export type ChartReader = (values: Json) => ChartContents;

/** A chart that brings nothing that others refer to. */
export const NOTHING_BROUGHT: ChartContents = {
  groups: [],
  ingressClasses: [],
  pods: [],
  madePods: [],
};

/** What one container of a chart requests. */
export function requests(values: Json, ...keys: readonly string[]): Json {
  return objectAt(values, ...keys, "resources", "requests");
}

/** A number of replicas; one where the values are silent. */
export function count(values: Json, ...keys: readonly string[]): number {
  return numberAt(values, ...keys) ?? 1;
}
