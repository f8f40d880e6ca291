import fs from "node:fs";
import path from "node:path";
import type { Cloud } from "../../../plan/recording/cloud-outputs/index.ts";
import { called, CloudError } from "./cloud-error.ts";
import type { CloudRecord } from "./cloud-record.ts";

/** Something that a controller in a cluster made, and no program knows of. */
export interface LeftBehind {
  readonly kind: string;
  readonly name: string;
}

/** What controllers made in an account that stands in a network or subnet of this id. */
export type DependentsInCloud = (account: string, id: string) => readonly LeftBehind[];

/** Where local/cloud notes what controllers made; accounts without clusters have neither. */
const FOLDERS = ["load-balancers", "disks"];

/** The part of local/cloud that knows. Loaded only where controllers have made something. */
export async function dependentsInCloud(
  account: string,
  id: string,
): Promise<readonly LeftBehind[]> {
  if (!FOLDERS.some((folder) => fs.existsSync(path.join(account, folder)))) return [];
  const place = "../../cloud/index.ts";
  const module = (await import(place)) as { dependentsInCloud: DependentsInCloud };
  return module.dependentsInCloud(account, id);
}

const NETWORKS = new Set([
  "gcp:compute/network:Network",
  "gcp:compute/subnetwork:Subnetwork",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/subnet:Subnet",
  "azure-native:network:VirtualNetwork",
  "azure-native:network:Subnet",
]);

/**
 * Refuses to delete a network that load balancers still stand in. A cluster is deleted all the same:
 * then nobody is left to remove them, which is the leak that users suffer from.
 */
export async function refuseWhileStoodIn(
  cloud: Cloud,
  account: string,
  going: readonly CloudRecord[],
  find: (account: string, id: string) => Promise<readonly LeftBehind[]>,
): Promise<void> {
  for (const network of going.filter(({ type }) => NETWORKS.has(type))) {
    const found = await find(account, network.id);
    if (found.length === 0) continue;
    const list = found.map(({ kind, name }) => `${kind} ${name}`).join(", ");
    throw new CloudError(
      cloud,
      "inUse",
      `${called(network)} is still used by ${list}, which a controller in a cluster made. ` +
        "Delete the Services that asked for it while the cluster is there, or remove it by hand.",
    );
  }
}
