import type { ManagedPostgresRequest } from "../../core/managed-postgres.ts";
import type { Problem } from "../../core/problem.ts";
import { parseCpu, parseMemory } from "../../core/quantity.ts";

/**
 * What Cloud SQL makes machines of (cloud.google.com/sql/docs/postgres/instance-settings): one core or an
 * even number, memory in steps of 256 MiB and within bounds for each core.
 */
const MOST_CORES = 96;
const MEMORY_STEP_MIB = 256;
const SMALLEST_MEMORY_MIB = 3840;
const MEMORY_PER_CORE_MIB = { least: 922, most: 6656 } as const;
const MIB = 2 ** 20;
const GIB = 2 ** 30;
/** Bounds of a disk in GiB. */
const DISK_GIB = { smallest: 10, largest: 65536 } as const;

const rounded = (amount: number, step: number) => Math.ceil(amount / step) * step;

/** The smallest machine that has as much: its name says how many cores and MiB. */
export function postgresMachine({
  size,
}: Pick<ManagedPostgresRequest, "size">): string | undefined {
  const memoryMib = (parseMemory(size.memory) ?? 0) / MIB;
  const wanted = Math.max((parseCpu(size.cpu) ?? 0) / 1000, memoryMib / MEMORY_PER_CORE_MIB.most);
  const cores = wanted <= 1 ? 1 : rounded(wanted, 2);
  const memory = rounded(
    Math.max(memoryMib, SMALLEST_MEMORY_MIB, cores * MEMORY_PER_CORE_MIB.least),
    MEMORY_STEP_MIB,
  );
  return cores > MOST_CORES ? undefined : `db-custom-${cores}-${memory}`;
}

/** The smallest disk that holds as much, in GiB. */
export function postgresDisk(storage: string): number | undefined {
  const gib = Math.ceil((parseMemory(storage) ?? Infinity) / GIB);
  return gib > DISK_GIB.largest ? undefined : Math.max(gib, DISK_GIB.smallest);
}

/** Problems of what is asked for that no machine or disk of Google's has. */
export function checkPostgresSize(request: ManagedPostgresRequest): Problem[] {
  const { cpu, memory } = request.size;
  const problems: Problem[] = [];
  if (postgresMachine(request) === undefined) {
    const most = Math.floor((MOST_CORES * MEMORY_PER_CORE_MIB.most) / 1024);
    problems.push({
      path: "size",
      got: `cpu ${cpu}, memory ${memory}`,
      expected: `at most ${MOST_CORES} cpu and ${most}Gi`,
      remedy: "Ask for less.",
    });
  }
  if (postgresDisk(request.storage) === undefined) {
    problems.push({
      path: "storage",
      got: request.storage,
      expected: `at most ${DISK_GIB.largest}Gi`,
      remedy: "Ask for less.",
    });
  }
  return problems;
}
