import type { NodePool } from "../../components/core/cluster-handle.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { demands, type Demand } from "./demand.ts";
import { allocatable } from "./node-pools.ts";
import { NOTHING, plus, times, type Size } from "./pod-size.ts";

/** What the pools of a cluster have beside what the plan asks of them. */
export interface Balance {
  readonly pools: readonly { readonly pool: NodePool; readonly node: Size }[];
  /** Of all pools together, with as many nodes as they have at least and at most. */
  readonly capacity: Readonly<Record<"min" | "max", Size>>;
  readonly demands: readonly Demand[];
  readonly requested: Readonly<Record<"min" | "max", Size>>;
}

/** Adds up nodes and pods. */
export function balance(model: PlanModel): Balance {
  const pools = model.cluster.nodePools.map((pool) => ({ pool, node: allocatable(pool) }));
  const all = demands(model);
  const nodes = (count: "minNodes" | "maxNodes") =>
    pools.map(({ pool, node }) => times(node, pool[count])).reduce(plus, NOTHING);
  const pods = (count: "minPods" | "maxPods") =>
    all.map((demand) => times(demand.pod, demand[count])).reduce(plus, NOTHING);
  return {
    pools,
    capacity: { min: nodes("minNodes"), max: nodes("maxNodes") },
    demands: all,
    requested: { min: pods("minPods"), max: pods("maxPods") },
  };
}

/** Whether a pod fits on an empty node of any of the pools. */
export function fitsSomeNode(pod: Size, { pools }: Balance): boolean {
  return pools.some(({ node }) => pod.cpu <= node.cpu && pod.memory <= node.memory);
}
