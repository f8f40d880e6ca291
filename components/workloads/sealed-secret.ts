import { objectLabels } from "../core/labels.ts";
import { templateKeys, type SecretEntries, type SecretEntry } from "./secret-entry.ts";
import type { SecretPlace } from "./secret-place.ts";

/** Sealed texts by key, as `kubeseal --raw` prints them: of use to the one cluster, name and namespace. */
export type SealedValues = Readonly<Record<string, string>>;

/** The keys that people have to seal: all but what is no secret, and URLs made of the others. */
export function keysToSeal(entries: SecretEntries): string[] {
  return Object.keys(entries).filter((key) => {
    const entry = entries[key];
    return entry?.from !== "url" && plainText(entry) === undefined;
  });
}

/** The values that are no secrets, by key. */
export function plainTexts(entries: SecretEntries): Record<string, string> {
  const texts = Object.entries(entries).flatMap(([key, entry]) => {
    const text = plainText(entry);
    return text === undefined ? [] : [[key, text] as const];
  });
  return Object.fromEntries(texts);
}

function plainText(entry: SecretEntry | undefined): string | undefined {
  return entry?.from === "value" && typeof entry.value === "string" ? entry.value : undefined;
}

/**
 * The SealedSecret out of which the controller makes the Secret of the same name. What is no secret, and
 * how URLs are made of what is, stands in its template.
 */
export function sealedSecretSpec(
  { namespace, system, secretName }: SecretPlace,
  entries: SecretEntries,
  sealed: SealedValues,
) {
  const labels = objectLabels({ system, component: "config" });
  const encrypted = keysToSeal(entries).map((key) => [key, sealed[key] ?? ""] as const);
  return {
    apiVersion: "bitnami.com/v1alpha1",
    kind: "SealedSecret",
    metadata: { name: secretName, namespace, labels },
    spec: {
      encryptedData: Object.fromEntries(encrypted),
      template: { type: "Opaque", metadata: { labels }, data: templatesOf(entries) },
    },
  };
}

/** The keys that are not sealed, in the language of Go's templates. */
function templatesOf(entries: SecretEntries): Record<string, string> {
  const texts = plainTexts(entries);
  const templates = Object.entries(entries).flatMap(([key, entry]) => {
    if (entry.from === "url") return [[key, urlTemplate(entry.template, texts)] as const];
    const text = texts[key];
    return text === undefined ? [] : [[key, literal(text)] as const];
  });
  return Object.fromEntries(templates);
}

function urlTemplate(template: string, texts: Readonly<Record<string, string>>): string {
  const [first = "", ...rest] = template.split(/\{[^{}]*\}/).map(literal);
  const parts = templateKeys(template).map((key) => {
    const text = texts[key];
    if (text !== undefined) return literal(encodeURIComponent(text));
    // What Go writes for a space is a plus to whoever reads a password.
    return `{{ index . ${JSON.stringify(key)} | urlquery | replace "+" "%20" }}`;
  });
  return first + parts.map((part, index) => part + (rest[index] ?? "")).join("");
}

/** Text that stays as it is in a template. */
function literal(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}
