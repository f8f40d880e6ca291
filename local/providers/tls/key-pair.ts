import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { openSshPublicKey } from "./openssh.ts";

/** Names of elliptic curves as the package and as OpenSSL write them. */
export const CURVES = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
} as const;

export type Curve = keyof typeof CURVES;

/** What kind of key is asked for. */
export type KeyKind =
  | { readonly algorithm: "RSA"; readonly bits: number }
  | { readonly algorithm: "ECDSA"; readonly curve: Curve }
  | { readonly algorithm: "ED25519" };

/** A key pair in the forms that the package gives. */
export interface KeyPair {
  /** Hash of the public key in hex, which the real plugin takes for the resource's id. */
  readonly id: string;
  /** In the algorithm's own form: PKCS#1 for RSA, SEC 1 for ECDSA, PKCS#8 for ED25519. */
  readonly privateKeyPem: string;
  readonly privateKeyPemPkcs8: string;
  readonly publicKeyPem: string;
  /** A line of an authorized_keys file; empty for P224, which OpenSSH does not know. */
  readonly publicKeyOpenssh: string;
  readonly publicKeyFingerprintMd5: string;
  readonly publicKeyFingerprintSha256: string;
}

function generate(kind: KeyKind): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (kind.algorithm) {
    case "RSA":
      return generateKeyPairSync("rsa", { modulusLength: kind.bits });
    case "ECDSA":
      return generateKeyPairSync("ec", { namedCurve: CURVES[kind.curve] });
    case "ED25519":
      return generateKeyPairSync("ed25519");
  }
}

const OWN_FORM = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" } as const;

/** A new key pair from the system's cryptographic source. */
export function newKeyPair(kind: KeyKind): KeyPair {
  const { publicKey, privateKey } = generate(kind);
  const privatePem = (type: "pkcs1" | "sec1" | "pkcs8") =>
    privateKey.export({ format: "pem", type }).toString();
  const der = publicKey.export({ format: "der", type: "spki" });
  return {
    id: createHash("sha1").update(der).digest("hex"),
    privateKeyPem: privatePem(OWN_FORM[kind.algorithm]),
    privateKeyPemPkcs8: privatePem("pkcs8"),
    publicKeyPem: publicKey.export({ format: "pem", type: "spki" }).toString(),
    ...openSshPublicKey(publicKey),
  };
}
