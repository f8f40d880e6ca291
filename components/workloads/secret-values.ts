import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { KeyPairs } from "./key-pair.ts";
import {
  fillTemplate,
  templateKeys,
  type Generated,
  type SecretEntries,
  type SecretEntry,
} from "./secret-entry.ts";

/** Values of a Secret by key, all of them secret. */
export type SecretValues = Readonly<Record<string, pulumi.Output<string>>>;

/** An entry that needs no other. */
type SingleEntry = Extract<SecretEntry, { readonly from: "value" | "password" | "bytes" }>;

/** The value of every entry; what is to be generated is generated as a child of `parent`. */
export function secretValues(
  name: string,
  entries: SecretEntries,
  parent: pulumi.Resource,
): SecretValues {
  const values: Record<string, pulumi.Output<string>> = {};
  const pairs = new KeyPairs(name, entries, parent);
  for (const [key, entry] of Object.entries(entries)) {
    if (entry.from === "private-key") values[key] = pairs.of(key).privateKeyPemPkcs8;
    // As secret as the rest, so that the Secret looks alike in every preview.
    else if (entry.from === "public-key")
      values[key] = pulumi.secret(pairs.of(entry.of).publicKeyPem);
    else if (entry.from !== "url") values[key] = singleValue(`${name}-${key}`, entry, parent);
  }
  for (const [key, entry] of Object.entries(entries)) {
    if (entry.from !== "url") continue;
    const used = templateKeys(entry.template).flatMap((part) => {
      const value = values[part];
      return value === undefined ? [] : [[part, value] as const];
    });
    values[key] = pulumi
      .all(Object.fromEntries(used))
      .apply((known) => fillTemplate(entry.template, known));
  }
  return values;
}

function singleValue(
  name: string,
  entry: SingleEntry,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const opts = { parent };
  switch (entry.from) {
    case "value":
      return pulumi.secret(entry.value);
    case "password": {
      const args = { length: entry.length, special: false, ...keepers(entry) };
      return new random.RandomPassword(name, args, opts).result;
    }
    case "bytes": {
      const args = { length: entry.length, ...keepers(entry) };
      return new random.RandomBytes(name, args, opts)[entry.encoding];
    }
  }
}

function keepers({ rotation }: Generated): { keepers?: Record<string, string> } {
  return rotation === undefined ? {} : { keepers: { rotation } };
}
