import { CryptoKey } from "@pulumi/gcp/kms/cryptoKey.js";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms/cryptoKeyIAMMember.js";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkePlace } from "./place.ts";

/** A key gets a new version after ninety days; data under an older one stays readable. */
const ROTATION_SECONDS = 90 * 24 * 60 * 60;
/** A version that is destroyed can be brought back for thirty days. */
const GRACE_SECONDS = 30 * 24 * 60 * 60;

/** A key of our own, and who may use it. */
export interface GkeKey {
  readonly key: CryptoKey;
  /** The right to use the key: whatever encrypts with it waits for it. */
  readonly access: pulumi.Resource;
}

/** Keys of our own for what the cloud stores. */
export interface GkeKeys {
  readonly ring: KeyRing;
  /** Encrypts what the API server stores. */
  readonly etcd: GkeKey;
  /** Encrypts disks of nodes and volumes. */
  readonly disks: GkeKey;
  /** Encrypts the object stores. */
  readonly objects: GkeKey;
}

/** Makes the ring and the keys that every cluster has. */
export function gkeKeys(place: GkePlace): GkeKeys {
  const { name, args, agents, keeping } = place;
  // Its name is drawn by the engine: Google never deletes a ring, and the name stays taken.
  const ring = new KeyRing(
    `${name}-keys`,
    { project: args.project, location: args.region },
    keeping(),
  );
  return {
    ring,
    etcd: encryptionKey(place, ring, "etcd", agents.containers),
    disks: encryptionKey(place, ring, "disks", agents.compute),
    objects: encryptionKey(place, ring, "objects", agents.storage),
  };
}

/** Makes a key that one of Google's own accounts encrypts with. */
export function encryptionKey(
  { name, keeping }: GkePlace,
  ring: KeyRing,
  purpose: string,
  user: pulumi.Input<string>,
): GkeKey {
  const key = new CryptoKey(
    `${name}-key-${purpose}`,
    {
      name: purpose,
      keyRing: ring.id,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: `${ROTATION_SECONDS}s`,
      destroyScheduledDuration: `${GRACE_SECONDS}s`,
    },
    keeping(),
  );
  // Without it what is retained could not be read.
  return { key, access: keyAccess({ name, keeping }, key, purpose, user) };
}

/** Lets an account encrypt and decrypt with a key. */
export function keyAccess(
  { name, keeping }: Pick<GkePlace, "name" | "keeping">,
  key: CryptoKey,
  purpose: string,
  member: pulumi.Input<string>,
): CryptoKeyIAMMember {
  return new CryptoKeyIAMMember(
    `${name}-key-${purpose}-access`,
    { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
    keeping(),
  );
}
