import { createHash } from "node:crypto";
import { at, objectAt, textAt } from "../../providers/kubernetes/json-access.ts";
import type { JsonObject } from "../../providers/property-values.ts";
import { DRIVER_ZONE_LABEL, zoneLabel } from "../cloud-zone.ts";
import type { CloudCluster } from "../cluster-folder.ts";
import type { AccountResource } from "../identity/account-resources.ts";
import type { Disk } from "../left-behind.ts";
import { VOLUME_DRIVERS, type VolumeDriver } from "../storage-objects.ts";

/** Keeps a volume until its disk is gone (what every driver's provisioner uses). */
export const FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";
const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

/** The drivers that a cluster has; on EKS those alone that an add-on brings. */
export function driversOf(
  cluster: CloudCluster,
  resources: readonly AccountResource[],
): VolumeDriver[] {
  const addons = resources
    .filter(
      ({ type, inputs }) =>
        type === "aws:eks/addon:Addon" && inputs["clusterName"] === cluster.name,
    )
    .map(({ inputs }) => inputs["addonName"]);
  return VOLUME_DRIVERS[cluster.cloud].filter(
    ({ addon }) => addon === undefined || addons.includes(addon),
  );
}

/**
 * The driver that has to make a volume for a claim; undefined while none has to. The controller manager
 * asks for one by name, once a pod of the claim has a node where the class waits for that.
 */
export function driverFor(
  claim: JsonObject,
  drivers: readonly VolumeDriver[],
): VolumeDriver | undefined {
  const asked = textAt(
    claim,
    "metadata",
    "annotations",
    "volume.kubernetes.io/storage-provisioner",
  );
  const open = (textAt(claim, "spec", "volumeName") ?? "") === "";
  const stays = textAt(claim, "metadata", "deletionTimestamp") === undefined;
  return open && stays ? drivers.find(({ name }) => name === asked) : undefined;
}

/** The name of the volume of a claim. */
export const volumeName = (claim: JsonObject) => `pvc-${textAt(claim, "metadata", "uid") ?? ""}`;

/** What a disk is, in the words of its cloud. */
function typeOf(parameters: JsonObject): string {
  const lower = Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const named = ["type", "skuname", "storageaccounttype", "tier"].flatMap(
    (key) => textAt(lower, key) ?? [],
  );
  return named[0] ?? "default";
}

/** Whether a disk has copies in every zone, so that its pods may be in any. */
function isInAllZones(parameters: JsonObject): boolean {
  return (
    /_ZRS$/i.test(typeOf(parameters)) || textAt(parameters, "replication-type") === "regional-pd"
  );
}

export interface VolumeArgs {
  readonly claim: JsonObject;
  readonly storageClass: JsonObject;
  readonly driver: VolumeDriver;
  readonly cluster: CloudCluster;
  /** Of the node that the claim's pod was given; undefined where the class does not wait for one. */
  readonly zone: string | undefined;
}

/** The disk that a claim asks for. */
export function diskOf({ claim, storageClass, driver, cluster, zone }: VolumeArgs): Disk {
  const { cloud, region, id, name: clusterName, zones } = cluster;
  const parameters = objectAt(storageClass, "parameters");
  const name = volumeName(claim);
  const anywhere = driver.makes === "share" || isInAllZones(parameters);
  const number = parseInt(createHash("sha256").update(name).digest("hex").slice(0, 4), 16);
  const drawn = zones[number % Math.max(zones.length, 1)];
  const place = zone ?? (drawn === undefined ? undefined : zoneLabel(cluster, drawn));
  return {
    kind: "disk",
    name,
    cloud,
    region,
    clusterId: id,
    clusterName,
    networks: [],
    claim: `${textAt(claim, "metadata", "namespace") ?? ""}/${textAt(claim, "metadata", "name") ?? ""}`,
    type: typeOf(parameters),
    ...(anywhere || place === undefined ? {} : { zone: place }),
    size: textAt(claim, "spec", "resources", "requests", "storage") ?? "1Gi",
    reclaimPolicy: textAt(storageClass, "reclaimPolicy") === "Retain" ? "Retain" : "Delete",
  };
}

/** The PersistentVolume by which a cluster knows a disk. */
export function volumeOf(
  disk: Disk,
  { claim, driver, storageClass, cluster }: VolumeArgs,
): JsonObject {
  const { name, zone, size, reclaimPolicy } = disk;
  const values = zone === undefined ? [] : [zone];
  const key = DRIVER_ZONE_LABEL[cluster.cloud];
  const required = {
    nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values }] }],
  };
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name, annotations: { [PROVISIONED_BY]: driver.name }, finalizers: [FINALIZER] },
    spec: {
      accessModes: at(claim, "spec", "accessModes") ?? [],
      capacity: { storage: size },
      storageClassName: textAt(storageClass, "metadata", "name") ?? "",
      persistentVolumeReclaimPolicy: reclaimPolicy,
      volumeMode: textAt(claim, "spec", "volumeMode") ?? "Filesystem",
      claimRef: {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        name: textAt(claim, "metadata", "name") ?? "",
        namespace: textAt(claim, "metadata", "namespace") ?? "",
        uid: textAt(claim, "metadata", "uid") ?? "",
      },
      csi: { driver: driver.name, volumeHandle: name },
      ...(values.length === 0 ? {} : { nodeAffinity: { required } }),
    },
  };
}

/** What is to be done next for a volume that a driver made. */
export type VolumeStep = "nothing" | "remove" | "let-go";

export function nextVolumeStep(volume: JsonObject, drivers: readonly VolumeDriver[]): VolumeStep {
  const by = textAt(volume, "metadata", "annotations", PROVISIONED_BY);
  if (!drivers.some(({ name }) => name === by)) return "nothing";
  const goes = textAt(volume, "metadata", "deletionTimestamp") !== undefined;
  const retains = textAt(volume, "spec", "persistentVolumeReclaimPolicy") === "Retain";
  if (retains) return goes ? "let-go" : "nothing";
  return textAt(volume, "status", "phase") === "Released" ? "remove" : "nothing";
}
