import { createHash } from "node:crypto";
import { simulatedNode, type NodeObject, type Taint } from "../control-plane/cluster-objects.ts";
import { DRIVER_ZONE_LABEL, zoneLabel } from "./cloud-zone.ts";
import type { CloudCluster } from "./cluster-folder.ts";
import type { Cloud, CloudNodePool, PoolTaint } from "./cluster-hook-types.ts";

/** The label by which each cloud says of which pool a node is. */
export const POOL_LABEL = {
  gcp: "cloud.google.com/gke-nodepool",
  aws: "eks.amazonaws.com/nodegroup",
  "azure-native": "kubernetes.azure.com/agentpool",
} as const;

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
};

function taint({ key, value, effect }: PoolTaint): Taint {
  const spelled = EFFECTS[effect] ?? effect;
  return value === undefined || value === ""
    ? { key, effect: spelled }
    : { key, value, effect: spelled };
}

const digest = (...parts: readonly (string | number)[]) =>
  createHash("sha256").update(parts.join("\n")).digest("hex");

/** Node names in the manner of each cloud. Another machine type makes other nodes, so other names. */
const NAMES: Readonly<
  Record<Cloud, (cluster: CloudCluster, pool: CloudNodePool, index: number) => string>
> = {
  gcp: ({ id, name }, pool, index) => {
    const group = digest(id, pool.name, pool.machineType).slice(0, 8);
    const one = digest(group, index).slice(0, 4);
    return `gke-${name.slice(0, 17)}-${pool.name.slice(0, 17)}-${group}-${index}${one}`;
  },
  aws: ({ id, region }, pool, index) =>
    `i-0${digest(id, pool.name, pool.machineType, index).slice(0, 16)}.${region}.compute.internal`,
  "azure-native": ({ id }, pool, index) => {
    const group = parseInt(digest(id, pool.name, pool.machineType).slice(0, 7), 16) % 100_000_000;
    const set = String(group).padStart(8, "0");
    return `aks-${pool.name.slice(0, 12)}-${set}-vmss${index.toString(36).padStart(6, "0")}`;
  },
};

const OWN_LABELS: Readonly<
  Record<Cloud, (cluster: CloudCluster, pool: CloudNodePool) => Record<string, string>>
> = {
  gcp: (_cluster, { name, machineType }) => ({
    "cloud.google.com/gke-nodepool": name,
    "cloud.google.com/gke-os-distribution": "cos",
    "cloud.google.com/machine-family": machineType.split("-")[0] ?? machineType,
  }),
  aws: (_cluster, { name, labels }) => ({
    "eks.amazonaws.com/nodegroup": name,
    "eks.amazonaws.com/capacityType": labels["eks.amazonaws.com/capacityType"] ?? "ON_DEMAND",
  }),
  "azure-native": ({ name: cluster }, { name }) => ({
    agentpool: name,
    "kubernetes.azure.com/agentpool": name,
    "kubernetes.azure.com/cluster": cluster,
    "kubernetes.azure.com/role": "agent",
  }),
};

/** The version that a kubelet says it has: a release that is asked for by two numbers has a first patch. */
export function kubeletVersion(asked: string): string {
  const version = asked.replace(/^v/, "");
  return `v${/^\d+\.\d+$/.test(version) ? `${version}.0` : version}`;
}

/** The nodes of a pool, spread over its zones. */
export function poolNodes(cluster: CloudCluster, pool: CloudNodePool): NodeObject[] {
  const zones = pool.zones.length > 0 ? pool.zones : cluster.zones;
  return Array.from({ length: pool.nodes }, (_, index) => {
    const zone = zoneLabel(cluster, zones[index % Math.max(zones.length, 1)] ?? cluster.region);
    return simulatedNode({
      name: NAMES[cluster.cloud](cluster, pool, index),
      cpu: pool.cpu,
      memory: pool.memory,
      kubeletVersion: kubeletVersion(pool.kubernetesVersion ?? cluster.kubernetesVersion),
      labels: {
        ...pool.labels,
        ...OWN_LABELS[cluster.cloud](cluster, pool),
        "node.kubernetes.io/instance-type": pool.machineType,
        "topology.kubernetes.io/region": cluster.region,
        "topology.kubernetes.io/zone": zone,
        [DRIVER_ZONE_LABEL[cluster.cloud]]: zone,
      },
      taints: pool.taints.map(taint),
    });
  });
}
