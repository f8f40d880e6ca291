/** A finding of kube-score that we let stand. */
export interface ScoreException {
  /** Id of the check. */
  readonly check: string;
  readonly object: RegExp;
  readonly reason: string;
}

/** Pods that blocks of ours make, by what makes them. */
const OWN_PODS = /^(Deployment|StatefulSet|Job|CronJob)\//;

const EVERYWHERE: readonly ScoreException[] = [
  {
    check: "container-image-pull-policy",
    object: OWN_PODS,
    reason:
      "Tags are fixed, so the policy IfNotPresent gives the same image; Always would stop pods from " +
      "moving while the registry is down.",
  },
  {
    check: "container-security-context-user-group-id",
    object: OWN_PODS,
    reason:
      "The guides name user and group 1000 (M-24, T-38, X-36), and the images are built so; those of " +
      "PostgreSQL and Redis have users of their own, 70 and 999.",
  },
  {
    check: "pod-probes-identical",
    object: OWN_PODS,
    reason:
      "The guide has one health path (K-12), and a data store one question to ask. Thresholds differ, " +
      "so that a pod leaves the Service before it is restarted.",
  },
  {
    check: "deployment-has-host-podantiaffinity",
    object: /^Deployment\//,
    reason: "Topology spread over hosts and zones does the same and does not block a rollout.",
  },
  {
    check: "deployment-strategy",
    object: /^Deployment\/.+\/redis$/,
    reason: "Two pods cannot share its volume, so the old one stops first (D-61).",
  },
  {
    check: "deployment-replicas",
    object: /^Deployment\/.+\/redis$/,
    reason: "The guide has one Redis (K-16).",
  },
  {
    check: "networkpolicy-targets-pod",
    object: /-challenge-policy-/,
    reason: "It selects the pods that cert-manager makes for a moment to answer a challenge.",
  },
  {
    check: "networkpolicy-targets-pod",
    object: /-home-traffic-\w+$/,
    reason: "It selects every pod of an add-on's namespace, and the pods of charts are in no plan.",
  },
  {
    check: "service-targets-pod",
    object: /^Service\/v1\/monitoring\/(grafana|prometheus)$/,
    reason: "It selects pods of a chart, which no plan holds.",
  },
];

const SINGLE =
  "Guard relaxed allows one replica, and with one there is no drain to hold up (D-56).";

const RELAXED: readonly ScoreException[] = [
  { check: "deployment-replicas", object: /\/frontend$/, reason: SINGLE },
  { check: "horizontalpodautoscaler-replicas", object: /\/backend-hpa$/, reason: SINGLE },
  { check: "deployment-has-poddisruptionbudget", object: /\/backend$/, reason: SINGLE },
];

/** What kube-score may find in the plan of a stack. */
export function scoreExceptions(stack: string): readonly ScoreException[] {
  return ["local", "dev"].includes(stack) ? [...EVERYWHERE, ...RELAXED] : EVERYWHERE;
}
