import type { DrawnResources } from "../drawn-values-provider.ts";
import { secret, type PropertyMap, type PropertyValue } from "../property-values.ts";
import type { CheckFailure } from "../provider.ts";
import { CURVES, newKeyPair, type Curve, type KeyKind } from "./key-pair.ts";

/** What the real plugin takes where an input is absent; it stands in the state of every key. */
const DEFAULTS = { ecdsaCurve: "P224", rsaBits: 2048 } as const;

/** Bits of an RSA key: fewer are broken, more take minutes to find. */
const RSA_BITS = { min: 1024, max: 8192 } as const;

const ALGORITHMS = ["RSA", "ECDSA", "ED25519"] as const;

function isOneOf<T extends string>(words: readonly T[], value: unknown): value is T {
  return words.some((word) => word === value);
}

function described(value: PropertyValue | undefined): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" || typeof value === "number" ? JSON.stringify(value) : "no text";
}

const curveNames = Object.keys(CURVES) as Curve[];

function checkPrivateKey(inputs: PropertyMap): CheckFailure[] {
  const { algorithm, ecdsaCurve = DEFAULTS.ecdsaCurve, rsaBits = DEFAULTS.rsaBits } = inputs;
  const failures: CheckFailure[] = [];
  const refuse = (property: string, expected: string) =>
    failures.push({ property, reason: `got ${described(inputs[property])}, expected ${expected}` });

  if (!isOneOf(ALGORITHMS, algorithm)) refuse("algorithm", `one of ${ALGORITHMS.join(", ")}`);
  if (!isOneOf(curveNames, ecdsaCurve)) refuse("ecdsaCurve", `one of ${curveNames.join(", ")}`);
  const { min, max } = RSA_BITS;
  const isSize = typeof rsaBits === "number" && Number.isInteger(rsaBits);
  if (!isSize || rsaBits < min || rsaBits > max) {
    refuse("rsaBits", `a whole number from ${min} to ${max}`);
  }
  return failures;
}

/** The key that checked inputs ask for. */
function kindOf({ algorithm, ecdsaCurve, rsaBits }: PropertyMap): KeyKind {
  if (algorithm === "ED25519") return { algorithm };
  if (algorithm === "ECDSA") {
    const curve = isOneOf(curveNames, ecdsaCurve) ? ecdsaCurve : DEFAULTS.ecdsaCurve;
    return { algorithm, curve };
  }
  return { algorithm: "RSA", bits: typeof rsaBits === "number" ? rsaBits : DEFAULTS.rsaBits };
}

/** The supported types by token. `privateKeyOpenssh` is left out: nothing of ours reads it. */
export const TLS_RESOURCES: DrawnResources = {
  "tls:index/privateKey:PrivateKey": {
    check: checkPrivateKey,
    outputNames: [
      "privateKeyPem",
      "privateKeyPemPkcs8",
      "publicKeyPem",
      "publicKeyOpenssh",
      "publicKeyFingerprintMd5",
      "publicKeyFingerprintSha256",
    ],
    draw: (inputs) => {
      const { id, privateKeyPem, privateKeyPemPkcs8, ...publicForms } = newKeyPair(kindOf(inputs));
      const outputs = {
        ...DEFAULTS,
        ...inputs,
        ...publicForms,
        privateKeyPem: secret(privateKeyPem),
        privateKeyPemPkcs8: secret(privateKeyPemPkcs8),
      };
      return { id, outputs };
    },
  },
};
