import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A storage class as a cloud's driver reads it. */
export interface StorageClassArgs {
  /** Physical name: claims of every system name it. */
  readonly name: string;
  /** The driver, such as `pd.csi.storage.gke.io`. */
  readonly provisioner: string;
  /** What the driver makes of it; changing one replaces the class, and touches no volume. */
  readonly parameters: Readonly<Record<string, pulumi.Input<string>>>;
  /** What becomes of a volume whose claim is deleted. Applies to volumes that are made from then on. */
  readonly reclaimPolicy: "Retain" | "Delete";
}

/**
 * A class whose volumes can grow and are made where their pod is scheduled (D-73): a volume made at once
 * could land in a zone where the pod finds no room.
 */
export function storageClass(
  logicalName: string,
  { name, provisioner, parameters, reclaimPolicy }: StorageClassArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    logicalName,
    {
      metadata: { name },
      provisioner,
      parameters: { ...parameters },
      reclaimPolicy,
      allowVolumeExpansion: true,
      volumeBindingMode: "WaitForFirstConsumer",
    },
    // The parameters cannot be changed in place, and the name is fixed.
    { ...opts, deleteBeforeReplace: true },
  );
}
