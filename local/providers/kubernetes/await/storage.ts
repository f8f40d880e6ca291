import { textAt } from "../json-access.ts";
import type { Manifest } from "../manifest.ts";
import type { ClusterReader, Readiness } from "./readiness.ts";

const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

/** Bound, unless its class binds when a pod uses it: then nothing would ever end the wait. */
export function claimReadiness(live: Manifest, bindsOnUse: boolean): Readiness {
  const phase = textAt(live, "status", "phase") ?? "Pending";
  if (phase === "Bound" || bindsOnUse) return { ready: true, reasons: [] };
  return { ready: false, reasons: [`the claim is ${phase}, expected Bound`] };
}

export function volumeReadiness(live: Manifest): Readiness {
  const phase = textAt(live, "status", "phase") ?? "Pending";
  if (phase === "Available" || phase === "Bound") return { ready: true, reasons: [] };
  return { ready: false, reasons: [`the volume is ${phase}, expected Available or Bound`] };
}

/** Whether the claim's storage class binds a volume only when a pod uses the claim. */
export async function waitsForConsumer(claim: Manifest, cluster: ClusterReader): Promise<boolean> {
  const named = textAt(claim, "spec", "storageClassName");
  const classes = await cluster.list("storage.k8s.io/v1", "StorageClass");
  const storageClass = classes.find((item) =>
    named === undefined
      ? textAt(item, "metadata", "annotations", DEFAULT_CLASS) === "true"
      : textAt(item, "metadata", "name") === named,
  );
  return textAt(storageClass, "volumeBindingMode") === "WaitForFirstConsumer";
}
