import type { ClusterHandle } from "../core/cluster-handle.ts";
import type { Problem } from "../core/problem.ts";
import { NATIVE_SECRETS, type SecretBackend } from "../core/secret-backend.ts";
import type { ChartAddOn } from "./chart-add-on.ts";
import type { ExternalSecrets } from "./external-secrets.ts";
import { SECRET_STORE_NAMES } from "./secret-store.ts";
import type { PlatformSettings } from "./settings.ts";

type Words = Pick<PlatformSettings, "secretBackend" | "externalSecrets" | "sealedSecrets">;

/** A problem of the word, whose remedy is another word or what it needs. */
const wrongWord = (word: SecretBackend["kind"], because: string, remedy: string): Problem => ({
  path: "secretBackend",
  got: JSON.stringify(word),
  expected: `${JSON.stringify(NATIVE_SECRETS.kind)}, because ${because}`,
  remedy,
});

/** Problems of a backend whose add-on is off. */
export function checkSecretBackend({
  secretBackend,
  externalSecrets,
  sealedSecrets,
}: Words): Problem[] {
  const addOns = {
    native: undefined,
    external: { name: "externalSecrets", enabled: externalSecrets.enabled, does: "fetches them" },
    sealed: { name: "sealedSecrets", enabled: sealedSecrets.enabled, does: "opens them" },
  } as const;
  const addOn = addOns[secretBackend];
  if (addOn === undefined || addOn.enabled) return [];
  const because = `${addOn.name} is off and nobody ${addOn.does}`;
  const remedy = `Turn slipway:platform.${addOn.name} on, or leave this out.`;
  return [wrongWord(secretBackend, because, remedy)];
}

/** Problems of an external backend on a cluster whose cloud keeps no secrets for the stack. */
export function checkBackendStore(
  { secretBackend }: Pick<Words, "secretBackend">,
  keepsSecrets: boolean,
): Problem[] {
  if (secretBackend !== "external" || keepsSecrets) return [];
  const because = "the cluster has no store of secrets that a stack can write to";
  return [wrongWord(secretBackend, because, "Leave this out, or let people seal them.")];
}

/** Where systems get their Secrets from; the checks made sure that it is there. */
export function secretBackendOf(
  { secretBackend }: Pick<Words, "secretBackend">,
  addOns: {
    readonly externalSecrets: ExternalSecrets | undefined;
    readonly sealedSecrets: ChartAddOn | undefined;
  },
  { secretStore, writeSecret }: Pick<ClusterHandle, "secretStore" | "writeSecret">,
): SecretBackend {
  const { externalSecrets, sealedSecrets } = addOns;
  if (secretBackend === "sealed" && sealedSecrets !== undefined) {
    return { kind: "sealed", ready: [sealedSecrets.release] };
  }
  const isStored = secretStore !== undefined && writeSecret !== undefined;
  if (secretBackend !== "external" || externalSecrets === undefined || !isStored) {
    return NATIVE_SECRETS;
  }
  return {
    kind: "external",
    storeName: SECRET_STORE_NAMES[secretStore.api],
    write: writeSecret,
    ready: [externalSecrets.store],
  };
}
