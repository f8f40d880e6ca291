import type { CloudCluster } from "../../../../local/cloud/cluster-folder.ts";
import type { Cloud } from "../../../../local/cloud/cluster-hook-types.ts";

const ZONES: Readonly<Record<Cloud, readonly string[]>> = {
  gcp: ["us-central1-a", "us-central1-b", "us-central1-c"],
  aws: ["us-east-1a", "us-east-1b", "us-east-1c"],
  "azure-native": ["1", "2", "3"],
};
const REGION = { gcp: "us-central1", aws: "us-east-1", "azure-native": "westeurope" } as const;

/** A cluster as its record describes it. */
export function sampleCluster(cloud: Cloud, more: Partial<CloudCluster> = {}): CloudCluster {
  return {
    id: `${cloud}/clusters/prod`,
    cloud,
    name: "prod",
    kubernetesVersion: "1.34",
    region: REGION[cloud],
    zones: ZONES[cloud],
    networks: [],
    creator: "me",
    creatorIsAdmin: false,
    cloudRoles: true,
    fileDriver: true,
    ...more,
  };
}
