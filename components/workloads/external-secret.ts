import type * as pulumi from "@pulumi/pulumi";
import { objectLabels } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";
import { STORED_SECRET_NAME, type ExternalBackend } from "../core/secret-backend.ts";
import { checksumOf, type SecretChecksums } from "./secret-checksums.ts";
import type { SecretPlace } from "./secret-place.ts";

/** What the values are stored under, after the stack's prefix: all of one Secret together, as JSON. */
export function storedName({ namespace, secretName }: SecretPlace): string {
  return `${namespace}-${secretName}`;
}

/** Problems of a name that Kubernetes takes and a store does not. */
export function checkStoredName(place: SecretPlace): Problem[] {
  const name = storedName(place);
  if (STORED_SECRET_NAME.test(name)) return [];
  return [
    {
      path: "secretName",
      got: JSON.stringify(place.secretName),
      expected:
        "small letters, digits and dashes, 150 at most together with the namespace and a dash, " +
        "because the cloud's store keeps it",
      remedy: "Choose another name, or backend native.",
    },
  ];
}

/** What is to be read, and from where. */
interface ExternalSecretArgs extends SecretPlace {
  readonly storeName: ExternalBackend["storeName"];
  /** By which the store has the values. */
  readonly storedKey: string;
  readonly keys: readonly string[];
  readonly checksums: SecretChecksums;
}

/**
 * The ExternalSecret out of which the operator makes the Secret of the same name (D-72). It reads the store
 * when this object changes and at no other time: a value that somebody changed in the store would
 * otherwise reach those pods alone that happen to start after it. The annotation is what changes.
 */
export function externalSecretSpec(args: ExternalSecretArgs) {
  const { namespace, system, secretName, storeName, storedKey, keys } = args;
  const checksum: pulumi.Input<string> = checksumOf(
    keys.map((key) => [key, args.checksums[key] ?? ""]),
  );
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: {
      name: secretName,
      namespace,
      labels: objectLabels({ system, component: "config" }),
      annotations: { "checksum/values": checksum },
    },
    spec: {
      refreshPolicy: "OnChange",
      secretStoreRef: { kind: "ClusterSecretStore", name: storeName },
      // Should it be taken away from the store, pods keep what they have.
      target: { name: secretName, creationPolicy: "Owner", deletionPolicy: "Retain" },
      data: keys.map((key) => ({ secretKey: key, remoteRef: { key: storedKey, property: key } })),
    },
  };
}
