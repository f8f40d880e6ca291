import type { StorageClasses } from "../core/cluster-handle.ts";
import type { CloudKind } from "./settings.ts";

/**
 * Names of the storage classes by purpose (D-73). GKE makes a class called `standard` itself, on slow
 * disks, so there our own has another name; EKS and AKS leave the name free.
 */
export const CLOUD_STORAGE_CLASSES: Readonly<Record<CloudKind, Required<StorageClasses>>> = {
  gke: { standard: "standard-balanced", fastSsd: "fast-ssd", rwx: "shared-files" },
  eks: { standard: "standard", fastSsd: "fast-ssd", rwx: "shared-files" },
  aks: { standard: "standard", fastSsd: "fast-ssd", rwx: "shared-files" },
};
