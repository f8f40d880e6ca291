import type { NodePool, NodeTaint } from "../core/cluster-handle.ts";
import type { Guard } from "../core/guard.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkCpu, checkMemory, type CpuAndMemory } from "../core/quantity.ts";
import { MACHINE_TYPES } from "./machine-types.ts";
import type { CloudKind, CloudNodePoolSettings, CloudSettings, PoolRole } from "./settings.ts";

/** The label that says what a node is for; pods of ours select by it. */
export const ROLE_LABEL = "slipway.local/pool-role";

const taint = (key: string, value: string): NodeTaint => ({ key, value, effect: "NoSchedule" });

/** What keeps ordinary pods off a pool. */
const ROLE_TAINTS: Readonly<Record<PoolRole, readonly NodeTaint[]>> = {
  system: [taint("CriticalAddonsOnly", "true")],
  general: [],
  interruptible: [taint("slipway.local/interruptible", "true")],
  "high-performance": [taint("node-type", "high-performance")],
};

/** GKE's own parts tolerate this taint, and only some of them the usual one. */
const GKE_SYSTEM_TAINT = taint("components.gke.io/gke-managed-components", "true");

/** AKS puts it on nodes that it may take away, whether it is asked to or not. */
const AKS_SPOT_TAINT = taint("kubernetes.azure.com/scalesetpriority", "spot");

/** Taints of a pool's nodes. */
export function poolTaints(kind: CloudKind, role: PoolRole, spot = false): readonly NodeTaint[] {
  if (kind === "aks" && spot) return [...ROLE_TAINTS[role], AKS_SPOT_TAINT];
  return kind === "gke" && role === "system" ? [GKE_SYSTEM_TAINT] : ROLE_TAINTS[role];
}

/** Labels of a pool's nodes; `node-type` is what the low-latency profile selects by (P-22). */
export function poolLabels(role: PoolRole): Readonly<Record<string, string>> {
  const nodeType = role === "high-performance" ? { "node-type": role } : {};
  return { [ROLE_LABEL]: role, ...nodeType };
}

/** The size of one node, or undefined for a machine type that nobody knows. */
export function machineSize(
  kind: CloudKind,
  { machineType, cpu, memory }: CloudNodePoolSettings,
): CpuAndMemory | undefined {
  const known = Object.hasOwn(MACHINE_TYPES[kind], machineType)
    ? MACHINE_TYPES[kind][machineType]
    : undefined;
  if (known !== undefined) return known;
  return cpu === undefined || memory === undefined ? undefined : { cpu, memory };
}

/** The pools as the contract gives them. Pools of unknown size, which checks refuse, are left out. */
export function contractPools({ kind, nodePools }: CloudSettings): NodePool[] {
  return nodePools.flatMap((pool) => {
    const size = machineSize(kind, pool);
    if (size === undefined) return [];
    const { name, role, minNodes, maxNodes, spot } = pool;
    const taints = poolTaints(kind, role, spot);
    return [
      {
        name,
        ...size,
        minNodes,
        maxNodes,
        labels: poolLabels(role),
        ...(taints.length === 0 ? {} : { taints }),
      },
    ];
  });
}

/**
 * How totals of the cluster fall on zones: the clouds that count per zone get the smallest number that
 * reaches the total (D-79).
 */
export function perZone(total: number, zones: number): number {
  return Math.ceil(total / zones);
}

/** Problems of a size beside a machine type whose size is known. */
function checkNoSize({ machineType, cpu, memory }: CloudNodePoolSettings): Problem[] {
  return Object.entries({ cpu, memory }).flatMap(([path, size]) =>
    size === undefined
      ? []
      : [
          {
            path,
            got: JSON.stringify(size),
            expected: `no size, because ${machineType} is known`,
            remedy: "Remove it.",
          },
        ],
  );
}

function checkSize(kind: CloudKind, pool: CloudNodePoolSettings): Problem[] {
  if (Object.hasOwn(MACHINE_TYPES[kind], pool.machineType)) return checkNoSize(pool);
  const malformed = [
    ...(pool.cpu === undefined ? [] : checkCpu(pool.cpu, "cpu")),
    ...(pool.memory === undefined ? [] : checkMemory(pool.memory, "memory")),
  ];
  if (machineSize(kind, pool) !== undefined) return malformed;
  return [
    ...malformed,
    {
      path: "machineType",
      got: JSON.stringify(pool.machineType),
      expected: `one of ${Object.keys(MACHINE_TYPES[kind]).join(", ")}, or cpu and memory beside it`,
      remedy: "Write one of these, or add cpu and memory of one such machine.",
    },
  ];
}

function checkBounds({ minNodes, maxNodes }: CloudNodePoolSettings): Problem[] {
  if (maxNodes >= minNodes) return [];
  return [
    {
      path: "maxNodes",
      got: String(maxNodes),
      expected: `at least minNodes (${minNodes})`,
      remedy: "Raise maxNodes or lower minNodes.",
    },
  ];
}

function checkDisk({ diskGb }: CloudNodePoolSettings, smallestDiskGb: number): Problem[] {
  if (diskGb >= smallestDiskGb) return [];
  return [
    {
      path: "diskGb",
      got: String(diskGb),
      expected: `at least ${smallestDiskGb}, which the node image and its containers need`,
      remedy: `Raise it to ${smallestDiskGb} or more.`,
    },
  ];
}

function checkSpot({ role, spot }: CloudNodePoolSettings, guard: Guard): Problem[] {
  if (!spot || role === "interruptible" || guard === "relaxed") return [];
  return [
    {
      path: "spot",
      got: "true",
      expected:
        "false for every role but interruptible, because slipway:guard is strict and data would " +
        "stand on nodes that vanish",
      remedy: "Write false, or make the pool's role interruptible.",
    },
  ];
}

/** Under strict a pool that pods rely on has a node in every zone. */
function checkSpread(
  { role, minNodes }: CloudNodePoolSettings,
  zones: number,
  guard: Guard,
): Problem[] {
  if (guard === "relaxed" || (role !== "system" && role !== "general")) return [];
  if (minNodes >= zones) return [];
  return [
    {
      path: "minNodes",
      got: String(minNodes),
      expected: `at least one for each of the ${zones} zones, because slipway:guard is strict`,
      remedy: `Raise minNodes to ${zones} or more.`,
    },
  ];
}

function checkRoles(pools: readonly CloudNodePoolSettings[]): Problem[] {
  return (["system", "general"] as const)
    .filter((role) => !pools.some((pool) => pool.role === role && pool.maxNodes > 0))
    .map((role) => ({
      path: "nodePools",
      got: "no such pool",
      expected: `a pool with the role ${role}`,
      remedy:
        role === "system"
          ? "Add a small pool with role system: what the cluster itself runs has its place there."
          : "Add a pool with role general: every other pool is tainted.",
    }));
}

function checkNames(pools: readonly CloudNodePoolSettings[]): Problem[] {
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

/** Problems of the node pools of a cluster in a cloud. */
export function checkNodePools(
  { kind, nodePools, zones }: CloudSettings,
  guard: Guard,
  smallestDiskGb: number,
): Problem[] {
  return [
    ...nodePools.flatMap((pool, index) =>
      underPath(`nodePools[${index}]`, [
        ...checkSize(kind, pool),
        ...checkBounds(pool),
        ...checkDisk(pool, smallestDiskGb),
        ...checkSpot(pool, guard),
        ...checkSpread(pool, zones.length, guard),
      ]),
    ),
    ...checkRoles(nodePools),
    ...checkNames(nodePools),
  ];
}
