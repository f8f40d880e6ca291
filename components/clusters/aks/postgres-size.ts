import type { ManagedPostgresRequest } from "../../core/managed-postgres.ts";
import type { Problem } from "../../core/problem.ts";
import { parseCpu, parseMemory } from "../../core/quantity.ts";

/** A machine that Azure runs PostgreSQL on. */
export interface PostgresMachine {
  readonly name: string;
  readonly tier: "Burstable" | "GeneralPurpose" | "MemoryOptimized";
  readonly cores: number;
  readonly memoryGiB: number;
}

/** From small to large (learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute). */
const MACHINES: readonly PostgresMachine[] = [
  { name: "Standard_B1ms", tier: "Burstable", cores: 1, memoryGiB: 2 },
  { name: "Standard_B2s", tier: "Burstable", cores: 2, memoryGiB: 4 },
  { name: "Standard_D2ds_v5", tier: "GeneralPurpose", cores: 2, memoryGiB: 8 },
  { name: "Standard_E2ds_v5", tier: "MemoryOptimized", cores: 2, memoryGiB: 16 },
  { name: "Standard_D4ds_v5", tier: "GeneralPurpose", cores: 4, memoryGiB: 16 },
  { name: "Standard_E4ds_v5", tier: "MemoryOptimized", cores: 4, memoryGiB: 32 },
  { name: "Standard_D8ds_v5", tier: "GeneralPurpose", cores: 8, memoryGiB: 32 },
  { name: "Standard_E8ds_v5", tier: "MemoryOptimized", cores: 8, memoryGiB: 64 },
  { name: "Standard_D16ds_v5", tier: "GeneralPurpose", cores: 16, memoryGiB: 64 },
  { name: "Standard_E16ds_v5", tier: "MemoryOptimized", cores: 16, memoryGiB: 128 },
  { name: "Standard_D32ds_v5", tier: "GeneralPurpose", cores: 32, memoryGiB: 128 },
];

/** Sizes of disk that Azure has for it, in GiB. */
const DISKS_GIB = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384] as const;

const GIB = 2 ** 30;

/** The smallest machine that has as much; those that save up power have no stand-by. */
export function postgresMachine({
  size,
  highlyAvailable,
}: Pick<ManagedPostgresRequest, "size" | "highlyAvailable">): PostgresMachine | undefined {
  return MACHINES.find(
    ({ tier, cores, memoryGiB }) =>
      cores * 1000 >= (parseCpu(size.cpu) ?? 0) &&
      memoryGiB * GIB >= (parseMemory(size.memory) ?? 0) &&
      !(highlyAvailable && tier === "Burstable"),
  );
}

/** The smallest disk that holds as much, in GiB. */
export function postgresDisk(storage: string): number | undefined {
  return DISKS_GIB.find((gib) => gib * GIB >= (parseMemory(storage) ?? Infinity));
}

/** Problems of what is asked for that no machine or disk of Azure has. */
export function checkPostgresSize(request: ManagedPostgresRequest): Problem[] {
  const { cpu, memory } = request.size;
  const problems: Problem[] = [];
  if (postgresMachine(request) === undefined) {
    const { cores, memoryGiB } = MACHINES.at(-1) ?? { cores: 0, memoryGiB: 0 };
    problems.push({
      path: "size",
      got: `cpu ${cpu}, memory ${memory}`,
      expected: `at most ${cores} cpu and ${memoryGiB}Gi`,
      remedy: "Ask for less.",
    });
  }
  if (postgresDisk(request.storage) === undefined) {
    problems.push({
      path: "storage",
      got: request.storage,
      expected: `at most ${DISKS_GIB.at(-1) ?? 0}Gi`,
      remedy: "Ask for less.",
    });
  }
  return problems;
}
