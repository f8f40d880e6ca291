import type { ManagedPostgresRequest } from "../../core/managed-postgres.ts";
import type { Problem } from "../../core/problem.ts";
import { parseCpu, parseMemory } from "../../core/quantity.ts";

/** A machine that RDS runs PostgreSQL on. */
interface PostgresMachine {
  readonly name: string;
  readonly cores: number;
  readonly memoryGiB: number;
}

/** From cheap to dear (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html). */
const MACHINES: readonly PostgresMachine[] = [
  { name: "db.t4g.micro", cores: 2, memoryGiB: 1 },
  { name: "db.t4g.small", cores: 2, memoryGiB: 2 },
  { name: "db.t4g.medium", cores: 2, memoryGiB: 4 },
  { name: "db.t4g.large", cores: 2, memoryGiB: 8 },
  { name: "db.m7g.large", cores: 2, memoryGiB: 8 },
  { name: "db.r7g.large", cores: 2, memoryGiB: 16 },
  { name: "db.m7g.xlarge", cores: 4, memoryGiB: 16 },
  { name: "db.r7g.xlarge", cores: 4, memoryGiB: 32 },
  { name: "db.m7g.2xlarge", cores: 8, memoryGiB: 32 },
  { name: "db.r7g.2xlarge", cores: 8, memoryGiB: 64 },
  { name: "db.m7g.4xlarge", cores: 16, memoryGiB: 64 },
  { name: "db.r7g.4xlarge", cores: 16, memoryGiB: 128 },
  { name: "db.m7g.8xlarge", cores: 32, memoryGiB: 128 },
  { name: "db.r7g.8xlarge", cores: 32, memoryGiB: 256 },
];

/** Smallest and largest disk of RDS, in GiB. */
const DISK_GIB = { smallest: 20, largest: 65_536 } as const;

const GIB = 2 ** 30;

/** Machines that save up power run out of it in the very hour in which all others are gone. */
const isBurstable = ({ name }: PostgresMachine) => name.startsWith("db.t");

/** The cheapest machine that has as much; one that is highly available never runs out of power. */
export function postgresMachine({
  size,
  highlyAvailable,
}: Pick<ManagedPostgresRequest, "size" | "highlyAvailable">): string | undefined {
  return MACHINES.find(
    (machine) =>
      machine.cores * 1000 >= (parseCpu(size.cpu) ?? 0) &&
      machine.memoryGiB * GIB >= (parseMemory(size.memory) ?? 0) &&
      !(highlyAvailable && isBurstable(machine)),
  )?.name;
}

/** Size of the disk in GiB. */
export function postgresDisk(storage: string): number {
  return Math.max(Math.ceil((parseMemory(storage) ?? 0) / GIB), DISK_GIB.smallest);
}

/** Problems of what is asked for that no machine or disk of RDS has. */
export function checkPostgresSize(request: ManagedPostgresRequest): Problem[] {
  const { cpu, memory } = request.size;
  const { cores = 0, memoryGiB = 0 } = MACHINES.at(-1) ?? {};
  const size =
    postgresMachine(request) === undefined
      ? [
          {
            path: "size",
            got: `cpu ${cpu}, memory ${memory}`,
            expected: `at most ${cores} cpu and ${memoryGiB}Gi`,
            remedy: "Ask for less.",
          },
        ]
      : [];
  if (postgresDisk(request.storage) <= DISK_GIB.largest) return size;
  const expected = `at most ${DISK_GIB.largest}Gi`;
  return [...size, { path: "storage", got: request.storage, expected, remedy: "Ask for less." }];
}
