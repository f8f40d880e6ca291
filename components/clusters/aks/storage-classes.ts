import type * as pulumi from "@pulumi/pulumi";
import { CLOUD_STORAGE_CLASSES } from "../storage-class-names.ts";
import { storageClass, type StorageClassArgs } from "../storage-class.ts";
import type { AksPlace } from "./place.ts";

/** Nobody downloads a disk past the cluster, by whatever link. */
const CLOSED = { networkAccessPolicy: "DenyAll", publicNetworkAccess: "Disabled" };

/**
 * The classes (D-73). Azure encrypts every disk, and the nodes do before it. Disks stand in one zone; a
 * pod that needs one is scheduled there.
 */
export function aksStorageClasses({
  args,
  names: { volumesGroup: resourceGroup },
  tags,
}: Pick<AksPlace, "args" | "names" | "tags">): StorageClassArgs[] {
  const { reclaimPolicy, rwx } = args.storage;
  const names = CLOUD_STORAGE_CLASSES.aks;
  const tagged = Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const disk = (name: string, skuName: string): StorageClassArgs => ({
    name,
    provisioner: "disk.csi.azure.com",
    parameters: { skuName, ...CLOSED, resourceGroup, tags: tagged },
    reclaimPolicy,
  });
  return [
    disk(names.standard, "StandardSSD_LRS"),
    disk(names.fastSsd, "Premium_LRS"),
    ...(rwx
      ? [
          {
            name: names.rwx,
            provisioner: "file.csi.azure.com",
            // NFS: open to the nodes' subnets alone, with no key that could be stolen.
            parameters: { protocol: "nfs", skuName: "Premium_LRS", resourceGroup, tags: tagged },
            reclaimPolicy,
          },
        ]
      : []),
  ];
}

/** Makes the classes in the cluster. */
export function createStorageClasses(
  place: AksPlace,
  provider: pulumi.ProviderResource,
): pulumi.Resource[] {
  return aksStorageClasses(place).map((args) =>
    storageClass(`${place.name}-class-${args.name}`, args, place.child({ provider })),
  );
}
