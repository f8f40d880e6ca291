import type { Problem } from "../components/core/problem.ts";
import { CHARTS } from "../components/platform/charts.ts";

const OF_KUBERNETES = ["default", "kube-node-lease", "kube-public", "kube-system"];
const OF_PLATFORM = Object.values(CHARTS).map(({ namespace }) => namespace);

/**
 * Problems of systems that would share a namespace with each other, the platform or Kubernetes: quota,
 * network policies and Pod Security are set per namespace, so two owners would undo each other's.
 */
export function checkNamespaces(
  systems: Readonly<Record<string, { readonly namespace: string } | undefined>>,
): Problem[] {
  const owners = new Map<string, string>([
    ...OF_PLATFORM.map((namespace) => [namespace, "the platform"] as const),
    // Last, because an add-on may be a guest in one of these.
    ...OF_KUBERNETES.map((namespace) => [namespace, "Kubernetes"] as const),
  ]);
  const problems: Problem[] = [];
  for (const [name, system] of Object.entries(systems)) {
    if (system === undefined) continue;
    const owner = owners.get(system.namespace);
    if (owner === undefined) {
      owners.set(system.namespace, name);
      continue;
    }
    problems.push({
      path: `${name}.namespace`,
      got: JSON.stringify(system.namespace),
      expected: `a namespace of its own, and this one belongs to ${owner}`,
      remedy: "Choose another name.",
    });
  }
  return problems;
}
