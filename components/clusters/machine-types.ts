import type { CpuAndMemory } from "../core/quantity.ts";
import type { CloudKind } from "./settings.ts";

/** Sizes that the guides name (T-11, T-12, T-13) and their neighbours, as the clouds publish them. */
export const MACHINE_TYPES: Readonly<Record<CloudKind, Readonly<Record<string, CpuAndMemory>>>> = {
  gke: {
    "e2-standard-2": { cpu: "2", memory: "8Gi" },
    "e2-standard-4": { cpu: "4", memory: "16Gi" },
    "e2-standard-8": { cpu: "8", memory: "32Gi" },
    "n2-standard-2": { cpu: "2", memory: "8Gi" },
    "n2-standard-4": { cpu: "4", memory: "16Gi" },
    "n2-standard-8": { cpu: "8", memory: "32Gi" },
    "n2-standard-16": { cpu: "16", memory: "64Gi" },
    "n2-highmem-4": { cpu: "4", memory: "32Gi" },
    "n2-highmem-8": { cpu: "8", memory: "64Gi" },
    "c3-standard-4": { cpu: "4", memory: "16Gi" },
    "c3-standard-8": { cpu: "8", memory: "32Gi" },
  },
  eks: {
    "t3.large": { cpu: "2", memory: "8Gi" },
    "t3.xlarge": { cpu: "4", memory: "16Gi" },
    "t3.2xlarge": { cpu: "8", memory: "32Gi" },
    "m6i.large": { cpu: "2", memory: "8Gi" },
    "m6i.xlarge": { cpu: "4", memory: "16Gi" },
    "m6i.2xlarge": { cpu: "8", memory: "32Gi" },
    "m7i.large": { cpu: "2", memory: "8Gi" },
    "m7i.xlarge": { cpu: "4", memory: "16Gi" },
    "m7i.2xlarge": { cpu: "8", memory: "32Gi" },
    "r6i.xlarge": { cpu: "4", memory: "32Gi" },
    "c6i.xlarge": { cpu: "4", memory: "8Gi" },
    "c6i.2xlarge": { cpu: "8", memory: "16Gi" },
  },
  aks: {
    Standard_D2s_v3: { cpu: "2", memory: "8Gi" },
    Standard_D4s_v3: { cpu: "4", memory: "16Gi" },
    Standard_D8s_v3: { cpu: "8", memory: "32Gi" },
    Standard_D2s_v5: { cpu: "2", memory: "8Gi" },
    Standard_D4s_v5: { cpu: "4", memory: "16Gi" },
    Standard_D8s_v5: { cpu: "8", memory: "32Gi" },
    Standard_D2ds_v5: { cpu: "2", memory: "8Gi" },
    Standard_D4ds_v5: { cpu: "4", memory: "16Gi" },
    Standard_D8ds_v5: { cpu: "8", memory: "32Gi" },
    Standard_E4s_v5: { cpu: "4", memory: "32Gi" },
    Standard_E4ds_v5: { cpu: "4", memory: "32Gi" },
    Standard_F4s_v2: { cpu: "4", memory: "8Gi" },
  },
};
