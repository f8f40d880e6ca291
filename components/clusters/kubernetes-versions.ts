import type { Problem } from "../core/problem.ts";

/**
 * Minor versions that are accepted: those that every pinned chart is tested with (cert-manager 1.21 from
 * 1.33 to 1.36, ingress-nginx 1.15 up to 1.35) and that all three clouds offer with standard support.
 * A table and not a clock, so that a plan of today is the plan of tomorrow (D-66).
 */
export const KUBERNETES_VERSIONS = ["1.34", "1.35"] as const;

/** Problems of `kubernetesVersion`. */
export function checkKubernetesVersion(version: string): Problem[] {
  if ((KUBERNETES_VERSIONS as readonly string[]).includes(version)) return [];
  return [
    {
      path: "kubernetesVersion",
      got: JSON.stringify(version),
      expected: `one of ${KUBERNETES_VERSIONS.join(", ")}, which the pinned charts and the clouds support`,
      remedy: "Write one of these, in quotes.",
    },
  ];
}
