import { closestMatch } from "leven";
import { underPath, type Problem } from "../core/problem.ts";
import type { SecretBackend } from "../core/secret-backend.ts";
import { keysToSeal, plainTexts, type SealedValues } from "./sealed-secret.ts";
import type { SecretEntries } from "./secret-entry.ts";

/** Where to read how a value is sealed. */
const HOW = "docs/runbooks/sealed-secrets.md says how";

/**
 * What kubeseal prints at least: the length of an encrypted key of 512 bytes, the key, and the value with
 * sixteen bytes by which it is known to be whole.
 */
const SHORTEST = 707;
const SEALED = /^Ag[A-Za-z0-9+/]+={0,2}$/;

/** What a stack file has sealed for one system, by the names of Secrets and their keys. */
export type SealedSecrets = Readonly<Record<string, SealedValues>>;

/**
 * Problems of what people sealed for a system, whose Secrets are `secrets` by name. Values of entries are
 * not looked at.
 */
export function checkSealedSecrets(
  secrets: Readonly<Record<string, SecretEntries>>,
  sealed: SealedSecrets,
  backend: SecretBackend["kind"],
): Problem[] {
  const names = Object.keys(secrets);
  if (backend === "sealed") {
    const others = Object.keys(sealed).filter((name) => !names.includes(name));
    return [
      ...names.flatMap((name) =>
        underPath(name, checkSealed(secrets[name] ?? {}, sealed[name] ?? {})),
      ),
      ...others.map((name) => unknownOf(name, names)),
    ];
  }
  if (Object.keys(sealed).length === 0) return [];
  return [
    {
      path: "",
      got: "sealed values",
      expected: `none, because slipway:platform.secretBackend is ${backend}`,
      remedy: "Remove them, or set slipway:platform.secretBackend to sealed.",
    },
  ];
}

/** Problems of the values that people sealed for a Secret, by key. Never tells a value. */
export function checkSealed(entries: SecretEntries, sealed: SealedValues): Problem[] {
  const wanted = keysToSeal(entries);
  const missing = wanted
    .filter((key) => !Object.hasOwn(sealed, key))
    .map((path) => ({
      path,
      expected: "a sealed value, because slipway:platform.secretBackend is sealed",
      remedy: `Seal one: ${HOW}.`,
    }));
  const wrong = Object.entries(sealed).flatMap(([key, text]): Problem[] => {
    if (!wanted.includes(key)) return [unwantedKey(key, entries, wanted)];
    if (SEALED.test(text) && text.length >= SHORTEST) return [];
    const expected = "what kubeseal --raw prints, in one line";
    const remedy = `Seal it, and take a value that was written here for known to others: ${HOW}.`;
    return [{ path: key, got: "text that is not sealed", expected, remedy }];
  });
  return [...missing, ...wrong];
}

function unwantedKey(key: string, entries: SecretEntries, wanted: readonly string[]): Problem {
  if (Object.hasOwn(entries, key)) {
    const isPlain = Object.hasOwn(plainTexts(entries), key);
    const made = isPlain ? "it is no secret" : "it is made of the others in the cluster";
    const got = "a key that need not be sealed";
    return { path: key, got, expected: `none, because ${made}`, remedy: "Remove it." };
  }
  return unknownOf(key, wanted);
}

/** The problem of a name that is none of those wanted, with the nearest of them. */
function unknownOf(name: string, wanted: readonly string[]): Problem {
  const nearest = closestMatch(name, [...wanted]);
  return {
    path: name,
    got: "an unknown key",
    expected: wanted.length === 1 ? `only ${wanted.join()}` : `one of ${wanted.join(", ")}`,
    remedy: nearest === undefined ? "Remove it." : `Did you mean "${nearest}"?`,
  };
}
