import type { NodePool, StorageClasses } from "../core/cluster-handle.ts";
import { contractPools } from "./node-pools.ts";
import type { ClusterSettings } from "./settings.ts";
import { CLOUD_STORAGE_CLASSES } from "./storage-class-names.ts";

/** What is known of a cluster from its settings alone; the plan's judgement rests on it. */
export interface ClusterFacts {
  readonly nodePools: readonly NodePool[];
  readonly storageClasses: StorageClasses;
}

/** What settings say of a cluster before it exists. Loads no cloud's SDK. */
export function clusterFacts(settings: ClusterSettings): ClusterFacts {
  if (settings.kind === "existing") {
    const { nodePools, storageClasses } = settings;
    return { nodePools, storageClasses };
  }
  const { standard, fastSsd, rwx } = CLOUD_STORAGE_CLASSES[settings.kind];
  return {
    nodePools: contractPools(settings),
    storageClasses: { standard, fastSsd, ...(settings.storage.rwx ? { rwx } : {}) },
  };
}

/** Zones over which the nodes are spread; none are known of a cluster that exists already. */
export function clusterZones(settings: ClusterSettings): readonly string[] {
  return settings.kind === "existing" ? [] : settings.zones;
}
