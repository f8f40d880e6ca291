import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { objectLabels, type Identity } from "../core/labels.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkMemory } from "../core/quantity.ts";

/** Space that outlives pods. */
export interface VolumeSize {
  /**
   * At least as much, such as `50Gi`. More makes the volume grow where it is, while the pods run; less
   * is refused by the API server, since no volume shrinks.
   */
  readonly size: string;
  /** One of the cluster's classes (D-73). Changing it makes a new, empty volume. */
  readonly storageClass: string;
}

/** The spec of a claim that one node mounts at a time. */
export function claimSpec(
  volume: VolumeSize,
): k8s.types.input.core.v1.PersistentVolumeClaimSpec & { accessModes: string[] } {
  return {
    accessModes: ["ReadWriteOnce"],
    storageClassName: volume.storageClass,
    resources: { requests: { storage: volume.size } },
  };
}

/** One claim, `<name>-claim-<claim>`; with `protect` the engine refuses to delete or replace it. */
export function createClaim(
  name: string,
  claim: { readonly namespace: string; readonly claimName: string; readonly volume: VolumeSize },
  identity: Identity,
  options: pulumi.CustomResourceOptions,
): k8s.core.v1.PersistentVolumeClaim {
  const { namespace, claimName } = claim;
  return new k8s.core.v1.PersistentVolumeClaim(
    `${name}-claim-${claimName}`,
    {
      metadata: { namespace, name: claimName, labels: objectLabels(identity) },
      spec: claimSpec(claim.volume),
    },
    options,
  );
}

/** Problems of a volume's size and class. */
export function checkVolume(volume: VolumeSize, path: string): Problem[] {
  const unnamed: Problem = {
    path: "storageClass",
    got: JSON.stringify(volume.storageClass),
    expected: "the name of a storage class",
    remedy: "Name one of the classes that the cluster gives.",
  };
  return underPath(path, [
    ...checkMemory(volume.size, "size"),
    ...(volume.storageClass === "" ? [unnamed] : []),
  ]);
}
