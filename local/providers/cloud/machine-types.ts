import type { Cloud } from "../../../plan/recording/cloud-outputs/index.ts";

/** What one machine of a type has, as Kubernetes writes it. */
export interface MachineSize {
  readonly cpu: string;
  readonly memory: string;
}

const size = (cpus: number, gibibytes: number): MachineSize => ({
  cpu: String(cpus),
  memory: `${gibibytes}Gi`,
});

/** Types whose names do not say what they have. */
const NAMED: Readonly<Record<string, MachineSize>> = {
  "e2-micro": size(2, 1),
  "e2-small": size(2, 2),
  "e2-medium": size(2, 4),
};

const GCP_MEMORY_PER_CPU: Readonly<Record<string, number>> = {
  standard: 4,
  highmem: 8,
  highcpu: 1,
  megamem: 14,
};

// General types without a letter of their own have 4 GiB for each.
const AWS_MEMORY_PER_CPU: Readonly<Record<string, number>> = { c: 2, r: 8, x: 16, z: 8 };
const AZURE_MEMORY_PER_CPU: Readonly<Record<string, number>> = { E: 8, F: 2, M: 28 };

/**
 * The size of a machine by the name of its type, after each cloud's way of naming them. Undefined for a
 * name that does not follow it.
 */
export function machineSize(cloud: Cloud, type: string): MachineSize | undefined {
  const named = NAMED[type];
  if (named !== undefined) return named;
  switch (cloud) {
    case "gcp": {
      const custom = /^(?:[a-z0-9]+-)?custom-(\d+)-(\d+)/.exec(type);
      if (custom !== null) return size(Number(custom[1]), Number(custom[2]) / 1024);
      const [, kind = "", cpus = ""] = /^[a-z0-9]+-([a-z]+)-(\d+)/.exec(type) ?? [];
      const perCpu = GCP_MEMORY_PER_CPU[kind];
      return perCpu === undefined ? undefined : size(Number(cpus), Number(cpus) * perCpu);
    }
    case "aws":
      return awsSize(type);
    case "azure-native": {
      const [, family = "", cpus = ""] = /^Standard_([A-Z])[A-Z]*(\d+)/.exec(type) ?? [];
      if (family === "") return undefined;
      return size(Number(cpus), Number(cpus) * (AZURE_MEMORY_PER_CPU[family] ?? 4));
    }
  }
}

function awsSize(type: string): MachineSize | undefined {
  const [, family = "", times = "", step = ""] =
    /^([a-z]+)[^.]*\.(?:(\d*)x)?(medium|large|metal)$/.exec(type) ?? [];
  if (family === "" || step === "metal") return undefined;
  const perCpu = AWS_MEMORY_PER_CPU[family] ?? 4;
  if (step === "medium") return family === "t" ? size(2, 4) : size(1, perCpu);
  const cpus = type.includes("xlarge") ? 4 * Number(times || "1") : 2;
  return size(cpus, cpus * perCpu);
}
