import {
  formatCpu,
  formatMemory,
  parseCpu,
  parseMemory,
  type CpuAndMemory,
  type ResourceBounds,
} from "../core/quantity.ts";

/** What one workload may grow to. */
export interface WorkloadSize {
  /** Of the main container of one pod. */
  readonly resources: ResourceBounds;
  /** Of each container beside it. @default none */
  readonly sidecars?: readonly ResourceBounds[];
  /** The most replicas it may have: the HPA's maximum, or the fixed number. */
  readonly maxReplicas: number;
  /** Sizes of all its claims together, one each. @default none */
  readonly claims?: readonly string[];
}

/** All containers of one pod. */
export function containerBounds({ resources, sidecars = [] }: WorkloadSize): ResourceBounds[] {
  return [resources, ...sidecars];
}

/** What a namespace may hold at least, whatever its workloads ask for. Guides state these (E-32). */
export interface QuotaFloors {
  readonly requests: CpuAndMemory;
  readonly limits: CpuAndMemory;
  readonly storage: string;
  readonly persistentVolumeClaims: number;
  readonly pods: number;
  /** Services, Secrets and ConfigMaps, of each. */
  readonly objects: number;
}

/** Sizes that containers get by default and must stay within (E-32). */
export interface ContainerRange {
  readonly defaultLimits: CpuAndMemory;
  readonly defaultRequests: CpuAndMemory;
  readonly max: CpuAndMemory;
  readonly min: CpuAndMemory;
}

/**
 * Pods that a quota must have room for: a quarter more than the maximum (D-34), which leaves room for
 * jobs and drills, and never less than the maximum and the one that a rolling update adds (D-85).
 */
export function podsToHold(maxReplicas: number): number {
  return Math.max(Math.ceil(maxReplicas * 1.25), maxReplicas + 1);
}

/**
 * The `hard` limits of the ResourceQuota: what all workloads need at their maximum, or the floor. Of
 * storage there is as much again as the largest claim, so that a drill can restore it beside the others.
 */
export function quotaHard(
  floors: QuotaFloors,
  workloads: readonly WorkloadSize[],
): Record<string, string> {
  const sum = (amount: (workload: WorkloadSize) => number) =>
    total(workloads.map((each) => podsToHold(each.maxReplicas) * amount(each)));
  const claims = workloads.flatMap((each) => each.claims ?? []).map(bytes);
  const cpu = (kind: keyof ResourceBounds) =>
    formatCpu(
      Math.max(
        milli(floors[kind].cpu),
        sum((each) => total(containerBounds(each).map((bounds) => milli(bounds[kind].cpu)))),
      ),
    );
  const memory = (kind: keyof ResourceBounds) =>
    formatMemory(
      Math.max(
        bytes(floors[kind].memory),
        sum((each) => total(containerBounds(each).map((bounds) => bytes(bounds[kind].memory)))),
      ),
    );
  return {
    "requests.cpu": cpu("requests"),
    "requests.memory": memory("requests"),
    "limits.cpu": cpu("limits"),
    "limits.memory": memory("limits"),
    "requests.storage": formatMemory(
      Math.max(bytes(floors.storage), total(claims) + Math.max(0, ...claims)),
    ),
    persistentvolumeclaims: String(
      Math.max(floors.persistentVolumeClaims, claims.length === 0 ? 0 : claims.length + 1),
    ),
    pods: String(
      Math.max(
        floors.pods,
        sum(() => 1),
      ),
    ),
    services: String(floors.objects),
    secrets: String(floors.objects),
    configmaps: String(floors.objects),
  };
}

/** The range widened so far that every container of the workloads fits: the guide's may be too tight. */
export function containerRange(
  range: ContainerRange,
  workloads: readonly WorkloadSize[],
): ContainerRange {
  const all = workloads.flatMap(containerBounds);
  const cpus = (kind: keyof ResourceBounds) => all.map((bounds) => milli(bounds[kind].cpu));
  const memories = (kind: keyof ResourceBounds) => all.map((bounds) => bytes(bounds[kind].memory));
  return {
    ...range,
    max: {
      cpu: formatCpu(Math.max(milli(range.max.cpu), ...cpus("limits"))),
      memory: formatMemory(Math.max(bytes(range.max.memory), ...memories("limits"))),
    },
    min: {
      cpu: formatCpu(Math.min(milli(range.min.cpu), ...cpus("requests"))),
      memory: formatMemory(Math.min(bytes(range.min.memory), ...memories("requests"))),
    },
  };
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

// Quantities are checked before they come here; a bad one must not pass as nothing.
function milli(cpu: string): number {
  return parseCpu(cpu) ?? NaN;
}

function bytes(memory: string): number {
  return parseMemory(memory) ?? NaN;
}
