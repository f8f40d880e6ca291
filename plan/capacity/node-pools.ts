import type { NodePool } from "../../components/core/cluster-handle.ts";
import { parseCpu, parseMemory } from "../../components/core/quantity.ts";
import type { Size } from "./pod-size.ts";

const GIB = 2 ** 30;

/** What a kubelet keeps back of a node, in steps: a share of all that lies below each bound. */
const CPU_STEPS = [
  { below: 1000, share: 0.06 },
  { below: 2000, share: 0.01 },
  { below: 4000, share: 0.005 },
  { below: Infinity, share: 0.0025 },
];
const MEMORY_STEPS = [
  { below: 4 * GIB, share: 0.25 },
  { below: 8 * GIB, share: 0.2 },
  { below: 16 * GIB, share: 0.1 },
  { below: 128 * GIB, share: 0.06 },
  { below: Infinity, share: 0.02 },
];

function keptBack(total: number, steps: typeof CPU_STEPS): number {
  let from = 0;
  let kept = 0;
  for (const { below, share } of steps) {
    kept += Math.max(0, Math.min(total, below) - from) * share;
    from = below;
  }
  return Math.ceil(kept);
}

/**
 * What pods can ask of one node. The steps are those that GKE publishes for its nodes; AKS and EKS keep
 * back about as much or less, and so does a cluster that somebody set up.
 */
export function allocatable(node: Pick<NodePool, "cpu" | "memory">): Size {
  const cpu = parseCpu(node.cpu) ?? 0;
  const memory = parseMemory(node.memory) ?? 0;
  return {
    cpu: cpu - keptBack(cpu, CPU_STEPS),
    memory: memory - keptBack(memory, MEMORY_STEPS),
  };
}
