import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Cloud, CloudNodePool, ClusterRequest } from "./cluster-hook-types.ts";
import { jsonFiles, readJson, writeJson } from "./json-file.ts";

/** What is remembered of a cluster besides its control plane. */
export interface CloudCluster {
  readonly id: string;
  readonly cloud: Cloud;
  readonly name: string;
  readonly kubernetesVersion: string;
  readonly region: string;
  readonly zones: readonly string[];
  /** Ids and names of the networks and subnets that it stands in. */
  readonly networks: readonly string[];
  /** Who made it, and whether that alone makes an administrator of them. */
  readonly creator: string;
  readonly creatorIsAdmin: boolean;
  /** Whether role assignments of the cloud give rights in it. */
  readonly cloudRoles: boolean;
  /** Whether the cloud's driver for shared file systems is on. */
  readonly fileDriver: boolean;
  /** Where the API server listens, once it has started; kept, for the address is in others' states. */
  readonly apiServerPort?: number;
}

/** The last part of an id for people to read, and a few digits of the whole to tell it from others. */
export function clusterSlug(id: string): string {
  const last = id.slice(id.lastIndexOf("/") + 1).toLowerCase();
  const readable = last.replace(/[^a-z0-9]+/g, "-").slice(0, 30);
  return `${readable}-${createHash("sha256").update(id).digest("hex").slice(0, 8)}`;
}

const clustersFolder = (account: string) => path.join(path.resolve(account), "clusters");
const recordFile = (folder: string) => path.join(folder, "cluster.json");

/** The folder of a cluster, which is also the state folder of its control plane. */
export function clusterFolder(account: string, id: string): string {
  return path.join(clustersFolder(account), clusterSlug(id));
}

/** The account of a cluster's folder. */
export function accountOf(folder: string): string {
  return path.resolve(folder, "../..");
}

export function readCluster(folder: string): CloudCluster | undefined {
  return readJson(recordFile(folder)) as CloudCluster | undefined;
}

export function writeCluster(folder: string, cluster: CloudCluster): void {
  writeJson(recordFile(folder), cluster);
}

/** The cluster is none any more, whatever else its folder holds. */
export function forgetCluster(folder: string): void {
  fs.rmSync(recordFile(folder), { force: true });
}

/** Folders of everything that was ever started in an account and not taken away again. */
export function clusterFolders(account: string): string[] {
  const root = clustersFolder(account);
  if (!fs.existsSync(root)) return [];
  return fs
    .readdirSync(root)
    .sort()
    .map((name) => path.join(root, name));
}

/** The clusters that exist, whether they run or not. */
export function clustersOf(account: string): CloudCluster[] {
  return clusterFolders(account).flatMap((folder) => readCluster(folder) ?? []);
}

/** A cluster by its id. Throws when the account has none. */
export function clusterIn(account: string, id: string): CloudCluster {
  const cluster = readCluster(clusterFolder(account, id));
  if (cluster !== undefined) return cluster;
  throw new Error(`The stand-in account has no cluster ${id}. Create it first.`);
}

const poolFile = (folder: string, name: string) => path.join(folder, "node-pools", `${name}.json`);

export function readPool(folder: string, name: string): CloudNodePool | undefined {
  return readJson(poolFile(folder, name)) as CloudNodePool | undefined;
}

export function writePool(folder: string, pool: CloudNodePool): void {
  writeJson(poolFile(folder, pool.name), pool);
}

export function removePool(folder: string, name: string): void {
  fs.rmSync(poolFile(folder, name), { force: true });
}

export function poolsOf(folder: string): CloudNodePool[] {
  return jsonFiles(path.join(folder, "node-pools")).map((file) => readJson(file) as CloudNodePool);
}

/** What is remembered of a cluster, out of the inputs of its resource. */
export function describeCluster(request: ClusterRequest, creator: string): CloudCluster {
  const { id, cloud, name, kubernetesVersion, region, zones, inputs } = request;
  const place = { id, cloud, name, kubernetesVersion, region, zones, creator };
  return { ...place, ...FACTS[cloud](inputs) };
}

type Facts = Pick<CloudCluster, "networks" | "creatorIsAdmin" | "cloudRoles" | "fileDriver">;
type Inputs = Readonly<Record<string, unknown>>;

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (inner as Inputs | undefined | null)?.[key], value);
const texts = (...values: readonly unknown[]): string[] =>
  values.flat().filter((value): value is string => typeof value === "string" && value !== "");

const FACTS: Readonly<Record<Cloud, (inputs: Inputs) => Facts>> = {
  gcp: (inputs) => ({
    networks: texts(inputs["network"], inputs["subnetwork"]),
    creatorIsAdmin: false,
    cloudRoles: true,
    fileDriver: at(inputs, "addonsConfig", "gcpFilestoreCsiDriverConfig", "enabled") === true,
  }),
  aws: (inputs) => ({
    networks: texts(
      at(inputs, "vpcConfig", "subnetIds"),
      at(inputs, "vpcConfig", "securityGroupIds"),
    ),
    // Unless the cluster says otherwise; and no list shows it.
    creatorIsAdmin: at(inputs, "accessConfig", "bootstrapClusterCreatorAdminPermissions") !== false,
    cloudRoles: true,
    fileDriver: false,
  }),
  "azure-native": (inputs) => {
    const pools = inputs["agentPoolProfiles"];
    return {
      networks: texts(
        (Array.isArray(pools) ? pools : []).map((pool: unknown) => at(pool, "vnetSubnetID")),
        at(inputs, "apiServerAccessProfile", "subnetId"),
      ),
      creatorIsAdmin: false,
      cloudRoles: at(inputs, "aadProfile", "enableAzureRBAC") === true,
      fileDriver: at(inputs, "storageProfile", "fileCSIDriver", "enabled") !== false,
    };
  },
};
