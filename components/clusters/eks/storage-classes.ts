import type * as k8s from "@pulumi/kubernetes";
import { storageClass } from "../storage-class.ts";
import { CLOUD_STORAGE_CLASSES } from "../storage-class-names.ts";
import type { EksKeys } from "./keys.ts";
import type { EksPlace } from "./place.ts";
import type { SharedFiles } from "./shared-files.ts";

const BLOCK_DRIVER = "ebs.csi.aws.com";
const FILE_DRIVER = "efs.csi.aws.com";

/**
 * What a fast volume gets: 50 IOPS for each GiB, the 3000 that every gp3 has at least and the 16000 that
 * it has at most; a fixed number would be refused for small volumes, which bear 500 for each GiB.
 */
const FAST = {
  iopsPerGB: "50",
  allowAutoIOPSPerGBIncrease: "true",
  throughput: "250",
} as const;

/** The classes that claims of all systems name. */
export function createStorageClasses(
  { name, args, child }: EksPlace,
  provider: k8s.Provider,
  keys: EksKeys,
  files: SharedFiles | undefined,
): void {
  const { standard, fastSsd, rwx } = CLOUD_STORAGE_CLASSES.eks;
  const disks = { type: "gp3", encrypted: "true", kmsKeyId: keys.data.arn };
  const { reclaimPolicy } = args.storage;
  storageClass(
    `${name}-storage-standard`,
    { name: standard, provisioner: BLOCK_DRIVER, parameters: disks, reclaimPolicy },
    child({ provider }),
  );
  storageClass(
    `${name}-storage-fast-ssd`,
    {
      name: fastSsd,
      provisioner: BLOCK_DRIVER,
      parameters: { ...disks, ...FAST },
      reclaimPolicy,
    },
    child({ provider }),
  );
  if (files === undefined) return;
  storageClass(
    `${name}-storage-shared-files`,
    {
      name: rwx,
      provisioner: FILE_DRIVER,
      // A directory of its own for each volume, which its pods cannot leave.
      parameters: {
        provisioningMode: "efs-ap",
        fileSystemId: files.fileSystem.id,
        directoryPerms: "700",
      },
      reclaimPolicy,
    },
    child({ provider }),
  );
}
