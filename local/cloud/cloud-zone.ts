import type { CloudCluster } from "./cluster-folder.ts";

/** A zone as the labels of nodes write it: Azure counts zones, and its nodes say `westeurope-1`. */
export function zoneLabel({ cloud, region }: CloudCluster, zone: string): string {
  return cloud === "azure-native" && /^\d+$/.test(zone) ? `${region}-${zone}` : zone;
}

/** Labels of a cloud's own by which its drivers know the zone of a node. */
export const DRIVER_ZONE_LABEL = {
  gcp: "topology.gke.io/zone",
  aws: "topology.kubernetes.io/zone",
  "azure-native": "topology.disk.csi.azure.com/zone",
} as const;
