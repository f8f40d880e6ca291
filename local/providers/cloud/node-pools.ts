import { isProperties } from "../../../plan/recording/cloud-outputs/index.ts";
import type { PoolDescription } from "./cluster-hook.ts";
import { recordKey, type CloudRecord } from "./cloud-record.ts";
import { machineSize } from "./machine-types.ts";
import { awsPool, azurePool, gcpDefaultPool, gcpPool, type Pool } from "./pool-inputs.ts";
import type { Written } from "./written.ts";

const POOLS: Readonly<Record<string, (written: Written) => Pool>> = {
  "gcp:container/nodePool:NodePool": gcpPool,
  "aws:eks/nodeGroup:NodeGroup": awsPool,
  "azure-native:containerservice:AgentPool": ({ inputs, record, others }) =>
    azurePool(inputs, String(inputs["agentPoolName"]), locationOf(clusterOf(record, others))),
};

const CLUSTER_OF: Readonly<Record<string, string>> = {
  "gcp:container/nodePool:NodePool": "gcp:container/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup": "aws:eks/cluster:Cluster",
  "azure-native:containerservice:AgentPool": "azure-native:containerservice:ManagedCluster",
};

export const isPool = (type: string): boolean => type in POOLS;

/** A pool that is a resource of its own, and the id of its cluster. */
export function poolOf(written: Written): { clusterId: string; pool: PoolDescription } {
  const { record, others } = written;
  const describe = POOLS[record.type];
  if (describe === undefined) throw new Error(`${record.type} is no node pool.`);
  const { id } = clusterOf(record, others);
  return { clusterId: id, pool: withSize(record, describe(written)) };
}

/** Pools that are a part of their cluster. */
export function inlinePools({
  record,
  inputs,
}: Pick<Written, "record" | "inputs">): PoolDescription[] {
  switch (record.type) {
    case "gcp:container/cluster:Cluster": {
      const pool = gcpDefaultPool(inputs, record);
      return pool === undefined ? [] : [withSize(record, pool)];
    }
    case "azure-native:containerservice:ManagedCluster": {
      const profiles = inputs["agentPoolProfiles"];
      return (Array.isArray(profiles) ? (profiles as unknown[]) : [])
        .filter(isProperties)
        .map((profile) =>
          withSize(record, azurePool(profile, String(profile["name"]), locationOf(record))),
        );
    }
    default:
      return [];
  }
}

function locationOf({ inputs, account }: CloudRecord): string {
  const { location } = inputs;
  return typeof location === "string" ? location : account.location;
}

function clusterOf(record: CloudRecord, others: readonly CloudRecord[]): CloudRecord {
  const wanted = CLUSTER_OF[record.type];
  const found = others.find(
    (other) =>
      other.type === wanted &&
      (record.needs.includes(recordKey(other)) ||
        record.id.toLowerCase().startsWith(`${other.id.toLowerCase()}/`)),
  );
  if (found === undefined) throw new Error(`${record.id} belongs to no cluster of the account.`);
  return found;
}

function withSize({ type }: CloudRecord, pool: Pool): PoolDescription {
  const cloud = type.startsWith("gcp:") ? "gcp" : type.startsWith("aws:") ? "aws" : "azure-native";
  const size = machineSize(cloud, pool.machineType);
  if (size === undefined) {
    throw new Error(
      `${pool.name}: the stand-in cannot tell what a machine of type "${pool.machineType}" has. ` +
        "Add it in local/providers/cloud/machine-types.ts.",
    );
  }
  return { ...pool, ...size };
}
