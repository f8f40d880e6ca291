import type { NodePool } from "../core/cluster-handle.ts";
import type { Guard } from "../core/guard.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkCpu, checkMemory } from "../core/quantity.ts";
import type { ExistingClusterSettings } from "./existing.ts";

/** Fewest nodes under guard strict: one can be drained and its pods still have somewhere to go. */
const STRICT_NODES = 2;

function checkNodePool(pool: NodePool): Problem[] {
  const malformed = [...checkCpu(pool.cpu, "cpu"), ...checkMemory(pool.memory, "memory")];
  if (pool.maxNodes >= pool.minNodes) return malformed;
  return [
    ...malformed,
    {
      path: "maxNodes",
      got: String(pool.maxNodes),
      expected: `at least minNodes (${pool.minNodes})`,
      remedy: "Raise maxNodes or lower minNodes.",
    },
  ];
}

/** Problems of node pools that go by one name. */
function checkPoolNames(pools: readonly NodePool[]): Problem[] {
  return pools.flatMap(({ name }, index) =>
    pools.findIndex((pool) => pool.name === name) === index
      ? []
      : [
          {
            path: `nodePools[${index}].name`,
            got: JSON.stringify(name),
            expected: "a name that no other pool has",
            remedy: "Give it another name.",
          },
        ],
  );
}

/** Everything wrong with the settings of an existing cluster that their types cannot say. */
export function checkExistingCluster(settings: ExistingClusterSettings, guard: Guard): Problem[] {
  const { nodePools } = settings;
  const problems = [
    ...nodePools.flatMap((pool, index) => underPath(`nodePools[${index}]`, checkNodePool(pool))),
    ...checkPoolNames(nodePools),
  ];
  const nodes = nodePools.reduce((sum, pool) => sum + pool.minNodes, 0);
  if (guard === "relaxed" || nodes >= STRICT_NODES) return problems;
  return [
    ...problems,
    {
      path: "nodePools",
      got: `minNodes of ${nodes} in all`,
      expected: `at least ${STRICT_NODES}, because slipway:guard is strict`,
      remedy: "Raise minNodes, so that a node can be drained without an outage.",
    },
  ];
}
