import type * as k8s from "@pulumi/kubernetes";
import { objectLabels } from "../core/labels.ts";
import type { SecretPlace } from "./secret-place.ts";
import type { SecretValues } from "./secret-values.ts";

/**
 * The Secret. `data` and not `stringData`: under server-side apply a key taken out of `stringData`
 * stays in the cluster, and a hand-edited value is never noticed.
 */
export function nativeSecretSpec(
  { namespace, system, secretName }: SecretPlace,
  values: SecretValues,
): k8s.core.v1.SecretArgs {
  const encoded = Object.entries(values).map(
    ([key, value]) => [key, value.apply((text) => Buffer.from(text).toString("base64"))] as const,
  );
  return {
    metadata: {
      name: secretName,
      namespace,
      labels: objectLabels({ system, component: "config" }),
    },
    type: "Opaque",
    data: Object.fromEntries(encoded),
  };
}
