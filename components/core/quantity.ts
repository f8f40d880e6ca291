import type { Problem } from "./problem.ts";

/** CPU and memory of one container or node, as Kubernetes quantities: `250m`, `2`, `512Mi`, `16Gi`. */
export interface CpuAndMemory {
  readonly cpu: string;
  readonly memory: string;
}

/** What a container asks for and what it may use at most. */
export interface ResourceBounds {
  readonly requests: CpuAndMemory;
  readonly limits: CpuAndMemory;
}

const MEMORY_UNITS: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Millicores of a CPU quantity, or undefined when the text is not one. `1` → 1000, `250m` → 250. */
export function parseCpu(text: string): number | undefined {
  const match = /^(\d+(?:\.\d{1,3})?)(m?)$/.exec(text);
  if (match === null) return undefined;
  const milli = Number(match[1]) * (match[2] === "m" ? 1 : 1000);
  return milli > 0 && Number.isInteger(milli) ? milli : undefined;
}

/**
 * Bytes of a memory or storage quantity, or undefined when the text is not one. Only the binary units
 * Ki, Mi, Gi and Ti are taken: a bare number is bytes to Kubernetes and never what its writer meant.
 */
export function parseMemory(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)$/.exec(text);
  const unit = MEMORY_UNITS[match?.[2] ?? ""];
  if (match === null || unit === undefined) return undefined;
  const bytes = Number(match[1]) * unit;
  return bytes > 0 && Number.isInteger(bytes) ? bytes : undefined;
}

/** The shortest CPU quantity for a number of millicores: 1500 → `1500m`, 2000 → `2`. */
export function formatCpu(milli: number): string {
  return milli % 1000 === 0 ? String(milli / 1000) : `${Math.ceil(milli)}m`;
}

/** The shortest memory quantity that holds the bytes, in Gi when whole, else in Mi rounded up. */
export function formatMemory(bytes: number): string {
  const { Gi, Mi } = MEMORY_UNITS as { Gi: number; Mi: number };
  return bytes % Gi === 0 ? `${bytes / Gi}Gi` : `${Math.ceil(bytes / Mi)}Mi`;
}

/** Problems of one CPU quantity. */
export function checkCpu(text: string, path: string): Problem[] {
  if (parseCpu(text) !== undefined) return [];
  return [
    {
      path,
      got: JSON.stringify(text),
      expected: 'a CPU quantity such as "250m" or "2"',
      remedy: "Write whole cores, or millicores with the unit m.",
    },
  ];
}

/** Problems of one memory or storage quantity. */
export function checkMemory(text: string, path: string): Problem[] {
  if (parseMemory(text) !== undefined) return [];
  return [
    {
      path,
      got: JSON.stringify(text),
      expected: 'a quantity with a unit, such as "512Mi" or "2Gi"',
      remedy: "Add one of the units Ki, Mi, Gi, Ti.",
    },
  ];
}

/** Problems of a container's bounds: malformed quantities, and requests above limits. */
export function checkResourceBounds(bounds: ResourceBounds, path: string): Problem[] {
  const { requests, limits } = bounds;
  const malformed = [
    ...checkCpu(requests.cpu, `${path}.requests.cpu`),
    ...checkMemory(requests.memory, `${path}.requests.memory`),
    ...checkCpu(limits.cpu, `${path}.limits.cpu`),
    ...checkMemory(limits.memory, `${path}.limits.memory`),
  ];
  if (malformed.length > 0) return malformed;
  const kinds = [
    ["cpu", parseCpu],
    ["memory", parseMemory],
  ] as const;
  return kinds
    .filter(([kind, parse]) => (parse(limits[kind]) ?? 0) < (parse(requests[kind]) ?? 0))
    .map(([kind]) => ({
      path: `${path}.limits.${kind}`,
      got: limits[kind],
      expected: `at least requests.${kind} (${requests[kind]})`,
      remedy: `Raise limits.${kind} or lower requests.${kind}.`,
    }));
}
