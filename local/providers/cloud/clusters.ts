import {
  cloudAnswer,
  isProperties,
  type Cloud,
  type Properties,
  type ServedApi,
} from "../../../plan/recording/cloud-outputs/index.ts";
import type { ClusterDescription, ClusterHook } from "./cluster-hook.ts";
import type { CloudRecord } from "./cloud-record.ts";
import type { Written } from "./written.ts";
import { inlinePools, isPool, poolOf } from "./node-pools.ts";
import { zonesOfSubnets } from "./zones-of-subnets.ts";

/** The types that are clusters, and the output with the version of Kubernetes. */
const CLUSTERS: Readonly<Record<string, { readonly cloud: Cloud; readonly version: string }>> = {
  "gcp:container/cluster:Cluster": { cloud: "gcp", version: "masterVersion" },
  "aws:eks/cluster:Cluster": { cloud: "aws", version: "version" },
  "azure-native:containerservice:ManagedCluster": {
    cloud: "azure-native",
    version: "currentKubernetesVersion",
  },
};

/** Whether something outside the account has to follow: an API server or nodes. */
export const isReal = (type: string): boolean => type in CLUSTERS || isPool(type);

/** Makes a new cluster or pool real. Of a cluster, where it is reached. */
export async function madeReal(
  hook: ClusterHook,
  written: Written,
): Promise<ServedApi | undefined> {
  if (isPool(written.record.type)) {
    await changePool(hook, written);
    return undefined;
  }
  const cluster = description(written);
  const served = await hook.clusterCreated(cluster);
  for (const pool of inlinePools(written)) {
    await hook.nodePoolChanged({ account: written.account, clusterId: cluster.id, pool });
  }
  return served;
}

/** Makes real what changed. Inline pools that are no longer there go. */
export async function changedReal(
  hook: ClusterHook,
  before: CloudRecord,
  written: Written,
): Promise<ServedApi | undefined> {
  if (isPool(written.record.type)) {
    await changePool(hook, written);
    return undefined;
  }
  const { account } = written;
  const cluster = description(written);
  const served = await hook.clusterUpdated(cluster);
  const pools = inlinePools(written);
  for (const pool of pools) {
    await hook.nodePoolChanged({ account, clusterId: cluster.id, pool });
  }
  const gone = inlinePools({ record: before, inputs: before.inputs }).filter(
    ({ name }) => !pools.some((pool) => pool.name === name),
  );
  for (const { name } of gone) {
    await hook.nodePoolDeleted({ account, clusterId: cluster.id, name });
  }
  return served;
}

/** Ends a cluster, or takes away the nodes of a pool. */
export async function endedReal(hook: ClusterHook, written: Written): Promise<void> {
  const { account, record } = written;
  if (isPool(record.type)) {
    const { clusterId, pool } = poolOf(written);
    await hook.nodePoolDeleted({ account, clusterId, name: pool.name });
    return;
  }
  const { cloud } = description(written);
  await hook.clusterDeleted({ account, cloud, id: record.id });
}

async function changePool(hook: ClusterHook, written: Written): Promise<void> {
  await hook.nodePoolChanged({ account: written.account, ...poolOf(written) });
}

function description({ account, record, inputs, others }: Written): ClusterDescription {
  const row = CLUSTERS[record.type];
  if (row === undefined) throw new Error(`${record.type} is no cluster.`);
  const outputs = { ...inputs, ...cloudAnswer(record).outputs };
  const version = /^\d+(\.\d+)+/.exec(String(outputs[row.version]))?.[0] ?? "";
  return {
    account,
    cloud: row.cloud,
    id: record.id,
    name: String(outputs["name"]),
    kubernetesVersion: version,
    region: regionOf(record, outputs),
    zones: zonesOf(record, outputs, others),
    inputs,
  };
}

function regionOf({ account }: CloudRecord, outputs: Properties): string {
  const place = outputs["location"] ?? outputs["region"];
  const text = typeof place === "string" && place !== "" ? place : account.region;
  // A zone of Google's is its region and a letter.
  return text.replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, "$1");
}

function zonesOf(
  record: CloudRecord,
  outputs: Properties,
  others: readonly CloudRecord[],
): string[] {
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  if (record.type === "aws:eks/cluster:Cluster") {
    const { vpcConfig } = record.inputs;
    const subnets = texts(isProperties(vpcConfig) ? vpcConfig["subnetIds"] : []);
    return zonesOfSubnets(subnets, others);
  }
  if (record.type === "azure-native:containerservice:ManagedCluster") {
    const profiles = record.inputs["agentPoolProfiles"];
    const numbers = (Array.isArray(profiles) ? profiles : []).flatMap((profile) =>
      isProperties(profile) ? texts(profile["availabilityZones"]) : [],
    );
    return [...new Set(numbers)].map((zone) => `${regionOf(record, outputs)}-${zone}`);
  }
  return texts(outputs["nodeLocations"]);
}
