import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { refuse } from "../core/invalid-args.ts";
import { objectLabels } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { configChecksum } from "../core/config-checksum.ts";
import type { ConfigSource } from "./config-source.ts";
import { KeyPairs } from "./key-pair.ts";
import { plainArgs } from "../core/plain-args.ts";
import {
  checkSecretEntries,
  fillTemplate,
  templateKeys,
  type Generated,
  type SecretEntries,
  type SecretEntry,
} from "./secret-entry.ts";

export interface GeneratedSecretsArgs {
  readonly namespace: string;
  /** The system that reads it, for labels (K-38). */
  readonly system: string;
  /** Name of the Secret, which people and pods use (K-18). */
  readonly secretName: string;
  /**
   * Where each key's value comes from. A generated value stays as it is until its entry changes in
   * kind, length or rotation; then, as for any other change, every pod that reads that key rolls.
   */
  readonly entries: SecretEntries;
}

/**
 * Secrets of an application as one Secret: generated, given by config, or URLs made of the others.
 * Generated values live in the stack's encrypted state and nowhere else (K-18).
 */
export class GeneratedSecrets extends pulumi.ComponentResource {
  /** To be named in `env` of a workload. */
  readonly source: ConfigSource;
  /** By key, secret; for what lives outside the cluster and has to know one as well. */
  readonly values: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: GeneratedSecretsArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:GeneratedSecrets", name, plainArgs(args), opts);
    refuse(checkGeneratedSecrets(args), this);
    const values = this.resolve(name, args.entries);
    this.values = values;
    const secret = new k8s.core.v1.Secret(
      `${name}-secret`,
      secretSpec(args, values),
      childOptions(this, opts),
    );
    const salt = new random.RandomPassword(
      `${name}-checksum-salt`,
      { length: 32, special: false },
      { parent: this },
    );
    this.source = {
      kind: "Secret",
      name: args.secretName,
      keys: Object.keys(args.entries),
      checksums: checksumsOf(values, salt.result),
      object: secret,
    };
    this.registerOutputs({ secretName: args.secretName });
  }

  private resolve(name: string, entries: SecretEntries): Record<string, pulumi.Output<string>> {
    const values: Record<string, pulumi.Output<string>> = {};
    const pairs = new KeyPairs(name, entries, this);
    for (const [key, entry] of Object.entries(entries)) {
      if (entry.from === "private-key") values[key] = pairs.of(key).privateKeyPemPkcs8;
      // As secret as the rest, so that the Secret looks alike in every preview.
      else if (entry.from === "public-key")
        values[key] = pulumi.secret(pairs.of(entry.of).publicKeyPem);
      else if (entry.from !== "url") values[key] = this.value(`${name}-${key}`, entry);
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

  private value(name: string, entry: SingleEntry): pulumi.Output<string> {
    const opts = { parent: this };
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
}

/** One for each key, so that a value that is drawn anew rolls those alone that read it. */
function checksumsOf(
  values: Readonly<Record<string, pulumi.Output<string>>>,
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

/** An entry that needs no other. */
type SingleEntry = Extract<SecretEntry, { readonly from: "value" | "password" | "bytes" }>;

function keepers({ rotation }: Generated): { keepers?: Record<string, string> } {
  return rotation === undefined ? {} : { keepers: { rotation } };
}

/** Everything wrong with the arguments; never tells a value. */
export function checkGeneratedSecrets(args: GeneratedSecretsArgs): Problem[] {
  return checkSecretEntries(args.entries);
}

/**
 * The Secret. `data` and not `stringData`: under server-side apply a key taken out of `stringData`
 * stays in the cluster, and a hand-edited value is never noticed.
 */
export function secretSpec(
  args: GeneratedSecretsArgs,
  values: Readonly<Record<string, pulumi.Output<string>>>,
): k8s.core.v1.SecretArgs {
  const labels = objectLabels({ system: args.system, component: "config" });
  const encoded = Object.entries(values).map(
    ([key, value]) => [key, value.apply((text) => Buffer.from(text).toString("base64"))] as const,
  );
  return {
    metadata: { name: args.secretName, namespace: args.namespace, labels },
    type: "Opaque",
    data: Object.fromEntries(encoded),
  };
}
