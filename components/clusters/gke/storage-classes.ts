import type * as pulumi from "@pulumi/pulumi";
import { CLOUD_STORAGE_CLASSES } from "../storage-class-names.ts";
import { storageClass, type StorageClassArgs } from "../storage-class.ts";
import type { AddressPlan } from "./address-plan.ts";
import { keyAccess, type GkeKeys } from "./keys.ts";
import type { GkePlace } from "./place.ts";
import { serviceIdentity } from "./service-agents.ts";

/** A cluster in as many zones outlives the loss of one. */
const REGIONAL_ZONES = 3;

/**
 * The classes (D-73), encrypted with a key of our own. Disks stand in one zone; a pod that needs one is
 * scheduled there. File servers stand in the whole region where the cluster does; that does not hang on the
 * guard, which is relaxed to take a stack down.
 */
export function gkeStorageClasses(
  { args, names, labels }: Pick<GkePlace, "args" | "names" | "labels">,
  plan: AddressPlan,
  keyId: pulumi.Input<string>,
): StorageClassArgs[] {
  const { reclaimPolicy, rwx } = args.storage;
  const classes = CLOUD_STORAGE_CLASSES.gke;
  const labelled = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const disk = (name: string, type: string): StorageClassArgs => ({
    name,
    provisioner: "pd.csi.storage.gke.io",
    parameters: { type, "disk-encryption-kms-key": keyId, labels: labelled },
    reclaimPolicy,
  });
  return [
    disk(classes.standard, "pd-balanced"),
    disk(classes.fastSsd, "pd-ssd"),
    ...(rwx
      ? [
          {
            name: classes.rwx,
            provisioner: "filestore.csi.storage.gke.io",
            parameters: {
              tier: args.zones.length >= REGIONAL_ZONES ? "enterprise" : "zonal",
              network: names.network,
              "reserved-ipv4-cidr": plan["shared-files"],
              "instance-encryption-kms-key": keyId,
              labels: labelled,
            },
            reclaimPolicy,
          },
        ]
      : []),
  ];
}

/** Lets whoever makes file servers encrypt them; nothing where there are none. */
export function sharedFilesAccess(place: GkePlace, { disks }: GkeKeys): pulumi.Resource[] {
  const { name, args, child } = place;
  if (!args.storage.rwx) return [];
  const files = serviceIdentity(`${name}-files-agent`, "file", args.project, child());
  return [keyAccess(place, disks.key, "disks-files", files.member)];
}

/** Makes the classes in the cluster. */
export function createStorageClasses(
  place: GkePlace,
  plan: AddressPlan,
  { disks }: GkeKeys,
  provider: pulumi.ProviderResource,
): pulumi.Resource[] {
  const { parent } = place.child();
  return gkeStorageClasses(place, plan, disks.key.id).map((args) =>
    storageClass(`${place.name}-class-${args.name}`, args, {
      ...(parent === undefined ? {} : { parent }),
      provider,
    }),
  );
}
