import fs from "node:fs";
import path from "node:path";
import { clustersOf } from "./cluster-folder.ts";
import type { Cloud } from "./cluster-hook-types.ts";
import { jsonFiles, readJson, writeJson } from "./json-file.ts";

interface MadeForCluster {
  readonly name: string;
  readonly cloud: Cloud;
  readonly region: string;
  readonly clusterId: string;
  readonly clusterName: string;
  /** Networks and subnets that cannot be removed before it. */
  readonly networks: readonly string[];
}

/** A load balancer that a Service asked for. */
export interface LoadBalancer extends MadeForCluster {
  readonly kind: "load-balancer";
  /** Namespace and name of the Service. */
  readonly service: string;
  readonly scheme: "public" | "internal";
  /** An address, or on AWS a host name. */
  readonly address: string;
}

/** A disk or file share that a claim asked for. */
export interface Disk extends MadeForCluster {
  readonly kind: "disk";
  /** Namespace and name of the claim. */
  readonly claim: string;
  /** As the cloud names its sorts; the parameters of the storage class say it. */
  readonly type: string;
  /** Absent where it is in all zones. */
  readonly zone?: string;
  readonly size: string;
  /** What becomes of it when its volume goes. */
  readonly reclaimPolicy: "Delete" | "Retain";
}

/** What controllers in a cluster made in the account. No program knows of it. */
export type MadeByController = LoadBalancer | Disk;

const FOLDERS = { "load-balancer": "load-balancers", disk: "disks" } as const;

const fileOf = (account: string, kind: MadeByController["kind"], name: string) =>
  path.join(path.resolve(account), FOLDERS[kind], `${name}.json`);

export function recordMade(account: string, made: MadeByController): void {
  writeJson(fileOf(account, made.kind, made.name), made);
}

export function forgetMade(account: string, kind: MadeByController["kind"], name: string): void {
  fs.rmSync(fileOf(account, kind, name), { force: true });
}

/** One of them; undefined where there is none of that name. */
export function readMade<Kind extends MadeByController["kind"]>(
  account: string,
  kind: Kind,
  name: string,
): Extract<MadeByController, { kind: Kind }> | undefined {
  return readJson(fileOf(account, kind, name)) as
    Extract<MadeByController, { kind: Kind }> | undefined;
}

/** Everything that controllers have made in an account and not removed. */
export function madeByControllers(account: string): MadeByController[] {
  return Object.values(FOLDERS).flatMap((folder) =>
    jsonFiles(path.join(path.resolve(account), folder)).flatMap(
      (file) => (readJson(file) as MadeByController | undefined) ?? [],
    ),
  );
}

const isKept = (made: MadeByController) => made.kind === "disk" && made.reclaimPolicy === "Retain";

/**
 * What costs money and nobody will ever remove: load balancers and disks whose cluster is gone. A disk
 * that was to be retained is none.
 */
export function leaks(account: string): MadeByController[] {
  const clusters = new Set(clustersOf(account).map(({ id }) => id));
  return madeByControllers(account).filter(
    (made) => !clusters.has(made.clusterId) && !isKept(made),
  );
}

/** Disks that stay when everything is destroyed, because their storage class says so. */
export function retainedDisks(account: string): Disk[] {
  return madeByControllers(account).filter((made): made is Disk => isKept(made));
}

/** Whether two spellings name one thing: a whole id or link, or its last part. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

/** What stands in the way of removing a cluster, a network or a subnet, by its id, link or name. */
export function dependentsInCloud(account: string, idOrName: string): MadeByController[] {
  return madeByControllers(account).filter(
    ({ clusterId, networks }) =>
      clusterId === idOrName || networks.some((network) => isSame(network, idOrName)),
  );
}
