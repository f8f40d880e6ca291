import { formatCpu, formatMemory } from "../../components/core/quantity.ts";
import { balance, fitsSomeNode, type Balance } from "../capacity/balance.ts";
import type { PlanProblem, Rule } from "./plan-problem.ts";

const KINDS = [
  ["cpu", formatCpu],
  ["memory", formatMemory],
] as const;

/** Pods that would wait for ever: all at their maximum on all nodes, or one that no node can hold. */
export const capacityRule: Rule = (model) => {
  const sums = balance(model);
  return [...total(sums), ...singlePods(sums)];
};

function total({ capacity, requested }: Balance): PlanProblem[] {
  return KINDS.filter(([kind]) => requested.max[kind] > capacity.max[kind]).map(
    ([kind, format]) => ({
      place: "slipway:cluster",
      problem: {
        path: "nodePools",
        got: `${format(capacity.max[kind])} of ${kind} for pods on all nodes at most`,
        expected: `at least what all pods request at most (${format(requested.max[kind])})`,
        remedy: "Raise maxNodes or the size of the nodes, or lower the maxima of the systems.",
      },
    }),
  );
}

function singlePods(sums: Balance): PlanProblem[] {
  return sums.demands
    .filter(({ pod }) => !fitsSomeNode(pod, sums))
    .map(({ place, pod }) => ({
      place,
      problem: {
        path: "resources.requests",
        got: `${formatCpu(pod.cpu)} cpu and ${formatMemory(pod.memory)} memory for one pod`,
        expected: "no more than one node has for pods",
        remedy: "Lower the requests, or add a pool of larger nodes.",
      },
    }));
}
