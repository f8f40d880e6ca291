import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { SecretEntry } from "./secret-entry.ts";

type PrivateKeyEntry = Extract<SecretEntry, { readonly from: "private-key" }>;

/**
 * The logical name of a key pair. The package has no keepers, so a rotation is part of the name: another
 * one makes a new pair, and the old one goes once nothing reads it any more.
 */
export function keyPairName(name: string, { rotation }: Pick<PrivateKeyEntry, "rotation">): string {
  return rotation === undefined ? name : `${name}-${rotation}`;
}

/** The RSA pair behind an entry. */
function keyPair(name: string, entry: PrivateKeyEntry, parent: pulumi.Resource): tls.PrivateKey {
  const args = { algorithm: "RSA", rsaBits: entry.bits };
  return new tls.PrivateKey(keyPairName(name, entry), args, { parent });
}

/** The key pairs of a Secret by the keys of their private halves. */
export class KeyPairs {
  readonly #pairs: ReadonlyMap<string, tls.PrivateKey>;

  constructor(
    name: string,
    entries: Readonly<Record<string, SecretEntry>>,
    parent: pulumi.Resource,
  ) {
    this.#pairs = new Map(
      Object.entries(entries).flatMap(([key, entry]) =>
        entry.from === "private-key" ? [[key, keyPair(`${name}-${key}`, entry, parent)]] : [],
      ),
    );
  }

  /** The pair whose private half stands under a key. */
  of(key: string): tls.PrivateKey {
    const pair = this.#pairs.get(key);
    if (pair === undefined) throw new Error(`No entry ${key} is a private key.`);
    return pair;
  }
}
