import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { configChecksum } from "../core/config-checksum.ts";
import { templateKeys, type SecretEntries, type SecretEntry } from "./secret-entry.ts";
import type { SecretValues } from "./secret-values.ts";

/** One for each key, so that a value that is drawn anew rolls those alone that read it. */
export type SecretChecksums = Readonly<Record<string, pulumi.Input<string>>>;

/** A salt that only the state knows: a plain hash of a weak password could be found by trying. */
export function checksumSalt(name: string, parent: pulumi.Resource): pulumi.Output<string> {
  const args = { length: 32, special: false };
  return new random.RandomPassword(`${name}-checksum-salt`, args, { parent }).result;
}

/** Of the values themselves. */
export function valueChecksums(
  values: SecretValues,
  salt: pulumi.Output<string>,
): Record<string, pulumi.Output<string>> {
  const sums = Object.entries(values).map(([key, value]) => {
    const sum = pulumi
      .all([value, salt])
      .apply(([text, secret]) => configChecksum({ [key]: text }, secret));
    // Unmarked, or the whole Deployment that carries it would be hidden in every preview.
    return [key, pulumi.unsecret(sum)] as const;
  });
  return Object.fromEntries(sums);
}

/**
 * Of the words by which values are rotated, and of `given` for what nobody draws: a URL changes with what
 * it is made of, a public key with its private one. Plain where all of it is, so that a preview shows what
 * a word will roll.
 */
export function rotationChecksums(
  entries: SecretEntries,
  given: Readonly<Record<string, pulumi.Input<string>>> = {},
): Record<string, pulumi.Input<string>> {
  const sumOf = (key: string): pulumi.Input<string> => {
    const entry = entries[key];
    if (entry === undefined) return "";
    const parts: readonly (readonly [string, pulumi.Input<string>])[] = [
      ["entry", describeEntry(entry)],
      ["given", given[key] ?? ""],
      ...partsOf(entry).map((part) => [`of ${part}`, sumOf(part)] as const),
    ];
    return checksumOf([["key", key], ...parts]);
  };
  return Object.fromEntries(Object.keys(entries).map((key) => [key, sumOf(key)]));
}

/** A hash of named parts; an output only where one of them is. */
export function checksumOf(
  parts: readonly (readonly [string, pulumi.Input<string>])[],
): pulumi.Input<string> {
  const known = parts.flatMap(([name, part]) => (typeof part === "string" ? [[name, part]] : []));
  if (known.length === parts.length) {
    return configChecksum(Object.fromEntries(known) as Record<string, string>);
  }
  return pulumi.all(Object.fromEntries(parts)).apply((all) => configChecksum(all));
}

/** What an entry says, but for a value. */
function describeEntry(entry: SecretEntry): string {
  return JSON.stringify(entry.from === "value" ? { from: entry.from } : entry);
}

/** The other keys that a key is made of. */
function partsOf(entry: SecretEntry): string[] {
  if (entry.from === "public-key") return [entry.of];
  return entry.from === "url" ? templateKeys(entry.template) : [];
}
