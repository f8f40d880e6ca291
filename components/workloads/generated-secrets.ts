import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/invalid-args.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { plainArgs } from "../core/plain-args.ts";
import {
  NATIVE_SECRETS,
  type ExternalBackend,
  type SealedBackend,
} from "../core/secret-backend.ts";
import type { SecretBackend } from "../core/secret-backend.ts";
import { checkSealed } from "./check-sealed.ts";
import type { ConfigSource } from "./config-source.ts";
import { checkStoredName, externalSecretSpec, storedName } from "./external-secret.ts";
import { nativeSecretSpec } from "./native-secret.ts";
import { plainTexts, sealedSecretSpec, type SealedValues } from "./sealed-secret.ts";
import {
  checksumSalt,
  rotationChecksums,
  valueChecksums,
  type SecretChecksums,
} from "./secret-checksums.ts";
import { checkSecretEntries, type SecretEntries } from "./secret-entry.ts";
import type { SecretPlace } from "./secret-place.ts";
import { secretValues, type SecretValues } from "./secret-values.ts";

export interface GeneratedSecretsArgs extends SecretPlace {
  /**
   * Where each key's value comes from. A generated value stays as it is until its entry changes in
   * kind, length or rotation; then, as for any other change, every pod that reads that key rolls.
   */
  readonly entries: SecretEntries;
  /**
   * As the platform gives it (E-51). Native: pods roll by what a value is. External: by the word of its
   * rotation, or the value that config gives. Sealed: by the sealed text and the word; nothing is
   * generated. Another backend keeps the Secret's name and keys, and draws no value anew. @default native
   */
  readonly backend?: SecretBackend;
  /** What people sealed, by key; every key that is a secret is needed with backend sealed. @default none */
  readonly sealed?: SealedValues;
  /** Neither engine nor cloud deletes what an external store keeps, until this is false. @default false */
  readonly protectData?: boolean;
}

/** What came of making a Secret in one of the ways. */
interface Made {
  readonly values: SecretValues;
  readonly checksums: SecretChecksums;
  readonly object: pulumi.Resource;
}

/**
 * Secrets of an application as one Secret: generated, given by config, or URLs made of the others; or all
 * of them sealed by people. Where values are generated, the stack's encrypted state holds them, and a store
 * of the cloud where the platform has it so (K-18).
 */
export class GeneratedSecrets extends pulumi.ComponentResource {
  /** To be named in `env` of a workload. */
  readonly source: ConfigSource;
  /** By key, secret; for what lives outside the cluster. Empty where they are sealed: nobody knows them. */
  readonly values: SecretValues;

  constructor(name: string, args: GeneratedSecretsArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:GeneratedSecrets", name, plainArgs(args), opts);
    refuse(checkGeneratedSecrets(args), this);
    const { values, checksums, object } = this.create(name, args, opts);
    this.values = values;
    this.source = {
      kind: "Secret",
      name: args.secretName,
      keys: Object.keys(args.entries),
      checksums,
      object,
    };
    this.registerOutputs({ secretName: args.secretName });
  }

  private create(
    name: string,
    args: GeneratedSecretsArgs,
    opts: ChildBearingOptions | undefined,
  ): Made {
    const { backend = NATIVE_SECRETS } = args;
    switch (backend.kind) {
      case "native":
        return this.createNative(name, args, opts);
      case "external":
        return this.createExternal(name, args, backend, opts);
      case "sealed":
        return this.createSealed(name, args, backend, opts);
    }
  }

  private createNative(
    name: string,
    args: GeneratedSecretsArgs,
    opts: ChildBearingOptions | undefined,
  ): Made {
    const values = secretValues(name, args.entries, this);
    const object = new k8s.core.v1.Secret(
      `${name}-secret`,
      nativeSecretSpec(args, values),
      childOptions(this, opts),
    );
    return { values, checksums: valueChecksums(values, checksumSalt(name, this)), object };
  }

  private createExternal(
    name: string,
    args: GeneratedSecretsArgs,
    { storeName, write, ready }: ExternalBackend,
    opts: ChildBearingOptions | undefined,
  ): Made {
    const { entries, protectData = false } = args;
    const values = secretValues(name, entries, this);
    const stored = write(storedName(args), {
      value: pulumi.secret(pulumi.jsonStringify(values)),
      retain: protectData,
    });
    // No word rotates what config gives, so it is known again by what it is.
    const given = Object.entries(values).filter(([key]) => entries[key]?.from === "value");
    const sums =
      given.length === 0 ? {} : valueChecksums(Object.fromEntries(given), checksumSalt(name, this));
    const checksums = rotationChecksums(entries, sums);
    const object = new k8s.apiextensions.CustomResource(
      `${name}-secret`,
      externalSecretSpec({
        ...args,
        storeName,
        storedKey: stored.key,
        keys: Object.keys(entries),
        checksums,
      }),
      childOptions(this, opts, [...ready, ...stored.ready]),
    );
    return { values, checksums, object };
  }

  private createSealed(
    name: string,
    args: GeneratedSecretsArgs,
    { ready }: SealedBackend,
    opts: ChildBearingOptions | undefined,
  ): Made {
    const { entries, sealed = {} } = args;
    const object = new k8s.apiextensions.CustomResource(
      `${name}-secret`,
      sealedSecretSpec(args, entries, sealed),
      childOptions(this, opts, ready),
    );
    const checksums = rotationChecksums(entries, { ...plainTexts(entries), ...sealed });
    return { values: {}, checksums, object };
  }
}

/** Everything wrong with the arguments; never tells a value. */
export function checkGeneratedSecrets(args: GeneratedSecretsArgs): Problem[] {
  const { backend = NATIVE_SECRETS, entries, sealed = {} } = args;
  return [
    ...checkSecretEntries(entries),
    ...(backend.kind === "external" ? checkStoredName(args) : []),
    ...(backend.kind === "sealed" ? underPath("sealed", checkSealed(entries, sealed)) : []),
  ];
}
