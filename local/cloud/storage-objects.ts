import type { KubernetesObject } from "../control-plane/cluster-objects.ts";
import type { CloudCluster } from "./cluster-folder.ts";
import type { Cloud } from "./cluster-hook-types.ts";

/** A driver of a cloud that makes volumes. */
export interface VolumeDriver {
  readonly name: string;
  /** A file share is reached from every zone; a disk from its own. */
  readonly makes: "disk" | "share";
  /** The EKS add-on that brings it; the other clouds have theirs without asking. */
  readonly addon?: string;
}

/** The drivers of each cloud. */
export const VOLUME_DRIVERS: Readonly<Record<Cloud, readonly VolumeDriver[]>> = {
  gcp: [
    { name: "pd.csi.storage.gke.io", makes: "disk" },
    { name: "filestore.csi.storage.gke.io", makes: "share" },
  ],
  aws: [
    { name: "ebs.csi.aws.com", makes: "disk", addon: "aws-ebs-csi-driver" },
    { name: "efs.csi.aws.com", makes: "share", addon: "aws-efs-csi-driver" },
  ],
  "azure-native": [
    { name: "disk.csi.azure.com", makes: "disk" },
    { name: "file.csi.azure.com", makes: "share" },
  ],
};

interface ClassRow {
  readonly name: string;
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** @default false */
  readonly isDefault?: boolean;
  /** @default "WaitForFirstConsumer" */
  readonly binding?: "Immediate";
  /** @default true */
  readonly expands?: false;
}

function gkeClasses({ fileDriver }: CloudCluster): ClassRow[] {
  const provisioner = "pd.csi.storage.gke.io";
  const shares = ["standard", "premium", "zonal", "enterprise"].map((tier) => ({
    name: `${tier}-rwx`,
    provisioner: "filestore.csi.storage.gke.io",
    parameters: { tier },
  }));
  return [
    // Old, still made, and no longer the default one; programs that create a "standard" of theirs collide.
    {
      name: "standard",
      provisioner: "kubernetes.io/gce-pd",
      parameters: { type: "pd-standard" },
      binding: "Immediate",
    },
    { name: "standard-rwo", provisioner, parameters: { type: "pd-balanced" }, isDefault: true },
    { name: "premium-rwo", provisioner, parameters: { type: "pd-ssd" } },
    ...(fileDriver ? shares : []),
  ];
}

/** From Kubernetes 1.30 on, EKS marks no class as the default one. */
function eksClasses({ kubernetesVersion }: CloudCluster): ClassRow[] {
  const [major = 1, minor = 0] = kubernetesVersion.split(".").map(Number);
  return [
    {
      name: "gp2",
      provisioner: "kubernetes.io/aws-ebs",
      parameters: { type: "gp2", fsType: "ext4" },
      isDefault: major === 1 && minor < 30,
      expands: false,
    },
  ];
}

/** In a cluster of several zones, the disks of the built-in classes are in all of them since 1.29. */
function aksClasses({ zones, fileDriver }: CloudCluster): ClassRow[] {
  const copies = zones.length > 1 ? "ZRS" : "LRS";
  const disk = (name: string, sort: string, isDefault = false): ClassRow => ({
    name,
    provisioner: "disk.csi.azure.com",
    parameters: { skuname: `${sort}_${copies}` },
    isDefault,
  });
  const share = (name: string, sort: string): ClassRow => ({
    name,
    provisioner: "file.csi.azure.com",
    parameters: { skuName: `${sort}_LRS` },
    binding: "Immediate",
  });
  const shares = [
    share("azurefile", "Standard"),
    share("azurefile-csi", "Standard"),
    share("azurefile-csi-premium", "Premium"),
    share("azurefile-premium", "Premium"),
  ];
  return [
    ...(fileDriver ? shares : []),
    disk("default", "StandardSSD", true),
    disk("managed", "StandardSSD"),
    disk("managed-csi", "StandardSSD"),
    disk("managed-csi-premium", "Premium"),
    disk("managed-premium", "Premium"),
  ];
}

const CLASSES = { gcp: gkeClasses, aws: eksClasses, "azure-native": aksClasses } as const;

function classObject(row: ClassRow): KubernetesObject {
  const annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
  const { name, provisioner, parameters, isDefault = false, binding, expands = true } = row;
  const storageClass = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name, ...(isDefault ? { annotations } : {}) },
    provisioner,
    parameters,
    reclaimPolicy: "Delete",
    volumeBindingMode: binding ?? "WaitForFirstConsumer",
    ...(expands ? { allowVolumeExpansion: true } : {}),
  };
  return storageClass;
}

function driverObject({ name }: VolumeDriver): KubernetesObject {
  // In the clouds a disk is attached; here nobody could, and every pod would wait for it.
  const driver = {
    apiVersion: "storage.k8s.io/v1",
    kind: "CSIDriver",
    metadata: { name },
    spec: { attachRequired: false, podInfoOnMount: false },
  };
  return driver;
}

/** What a new cluster of a cloud has for storage before anybody installs anything. */
export function storageObjects(cluster: CloudCluster): KubernetesObject[] {
  return [
    ...CLASSES[cluster.cloud](cluster).map(classObject),
    ...VOLUME_DRIVERS[cluster.cloud].map(driverObject),
  ];
}
