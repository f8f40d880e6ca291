import {
  isMap,
  markSecretsLike,
  isSecret,
  secret,
  toJson,
  without,
  type Json,
  type JsonObject,
  type PropertyMap,
  type PropertyValue,
} from "../property-values.ts";
import { isObject, objectAt, textAt } from "./json-access.ts";

/** A Kubernetes object as the API server takes and gives it. */
export interface Manifest extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: JsonObject;
}

/** Where an object's field manager is kept in the state, under the real plugin's key. */
const FIELD_MANAGER_KEY = "__fieldManager";

/** The object that known inputs describe, secrets unwrapped. */
export function manifestOf(inputs: PropertyMap): Manifest {
  const object = mapKeys(toJson(inputs), toDashes) as JsonObject;
  const own = Object.fromEntries(Object.entries(object).filter(([key]) => !key.startsWith("__")));
  const metadata = objectAt(own, "metadata");
  return { ...own, metadata } as Manifest;
}

/** The state to record of a live object: itself, with what was secret in the inputs secret again. */
export function stateOf(live: Manifest, inputs: PropertyMap, fieldManager: string): PropertyMap {
  // Ownership of every single field is most of an object's size, and nobody reads it from the state.
  const metadata = without(live.metadata, "managedFields");
  const plain = mapKeys({ ...live, metadata }, toUnderscores) as PropertyMap;
  const marked = markSecretsLike(plain, inputs) as PropertyMap;
  return { ...markSecretData(marked), [FIELD_MANAGER_KEY]: fieldManager };
}

/** What a Secret holds is secret whoever wrote it. */
export function markSecretData(object: PropertyMap): PropertyMap {
  if (object["kind"] !== "Secret") return object;
  const marked = { ...object };
  for (const key of ["data", "stringData"]) {
    const value = marked[key];
    if (value !== undefined && !isSecret(value)) marked[key] = secret(value);
  }
  return marked;
}

export function fieldManagerOf(state: PropertyMap): string | undefined {
  const manager = state[FIELD_MANAGER_KEY];
  return typeof manager === "string" ? manager : undefined;
}

/** `namespace/name`, or the name alone of a cluster-wide object: the id of the real plugin. */
export function objectId(live: Manifest): string {
  const namespace = namespaceOf(live);
  return namespace === undefined ? nameOf(live) : `${namespace}/${nameOf(live)}`;
}

export function parseId(id: string): { namespace?: string; name: string } {
  const slash = id.indexOf("/");
  return slash < 0 ? { name: id } : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

export function nameOf(object: Manifest): string {
  return textAt(object.metadata, "name") ?? "";
}

export function namespaceOf(object: Manifest): string | undefined {
  return textAt(object.metadata, "namespace");
}

/** `Deployment web/shop-7c9a3f10`, for messages. */
export function describeObject(object: Manifest): string {
  return `${object.kind} ${objectId(object)}`;
}

export function annotationOf(object: JsonObject, name: string): string | undefined {
  return textAt(object, "metadata", "annotations", name);
}

/** Reads metadata of inputs through secret marks; undefined while it is unknown. */
export function inputMetadata(inputs: PropertyMap): PropertyMap | undefined {
  const metadata = inputs["metadata"] ?? {};
  const value = isSecret(metadata) ? metadata.value : metadata;
  return isMap(value) ? value : undefined;
}

/** The inputs with other metadata, secret if it was. */
export function withMetadata(inputs: PropertyMap, metadata: PropertyMap): PropertyMap {
  const wrapped = isSecret(inputs["metadata"]) ? secret(metadata) : metadata;
  return { ...inputs, metadata: wrapped };
}

// The SDK spells the extension keys of a schema (x-kubernetes-...) with underscores.
const toDashes = (key: string) =>
  key.startsWith("x_kubernetes_") ? key.replaceAll("_", "-") : key;
const toUnderscores = (key: string) =>
  key.startsWith("x-kubernetes-") ? key.replaceAll("-", "_") : key;

function mapKeys(value: Json, rename: (key: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [rename(key), mapKeys(item, rename)]),
  );
}

/** The same renaming for inputs made from a live object. */
export function inputSpelling(value: Json): PropertyValue {
  return mapKeys(value, toUnderscores);
}
