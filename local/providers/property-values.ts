import structs from "google-protobuf/google/protobuf/struct_pb.js";

/** A value that must not be shown or stored in clear. Wraps the value where the program marked it. */
export interface Secret {
  readonly [SECRET]: true;
  readonly value: PropertyValue;
}

const SECRET: unique symbol = Symbol("secret");

export function secret(value: PropertyValue): Secret {
  return { [SECRET]: true, value };
}

export function isSecret(value: PropertyValue | undefined): value is Secret {
  return typeof value === "object" && value !== null && SECRET in value;
}

/** A value that is only known once something else has been created; met in previews. */
export const UNKNOWN: unique symbol = Symbol("unknown");

export type PropertyValue =
  null | boolean | number | string | typeof UNKNOWN | Secret | PropertyValue[] | PropertyMap;

/** The inputs or the state of a resource, as the engine and the plugins exchange them. */
export interface PropertyMap {
  [key: string]: PropertyValue;
}

/** What JSON can say; what is left of a property value once secrets are unwrapped. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

// The engine's protocol marks special values by these fixed keys and strings.
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN_STRINGS = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isSecret(value);
}

/** Reads a message of the engine. An absent message is an empty map. */
export function fromStruct(struct: structs.Struct | undefined): PropertyMap {
  if (struct === undefined) return {};
  return decode(struct.toJavaScript()) as PropertyMap;
}

/** Writes a message to the engine. */
export function toStruct(map: PropertyMap): structs.Struct {
  return structs.Struct.fromJavaScript(encode(map) as JsonObject);
}

function decode(value: Json): PropertyValue {
  if (typeof value === "string") return UNKNOWN_STRINGS.has(value) ? UNKNOWN : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  switch (value[SIGNATURE_KEY]) {
    case SECRET_SIGNATURE:
      return secret(decode(value["value"] ?? null));
    case OUTPUT_SIGNATURE: {
      const inner = value["value"] === undefined ? UNKNOWN : decode(value["value"]);
      return value["secret"] === true ? secret(inner) : inner;
    }
    default:
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
  }
}

function encode(value: PropertyValue): Json {
  if (value === UNKNOWN) return UNKNOWN_STRING;
  if (isSecret(value)) {
    return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value: encode(value.value) };
  }
  if (Array.isArray(value)) return value.map(encode);
  if (!isMap(value)) return value;
  // A key whose value is undefined slips past the types in object spreads, and JSON has none.
  const entries = Object.entries(value) as [string, PropertyValue | undefined][];
  return Object.fromEntries(
    entries.flatMap(([key, item]) => (item === undefined ? [] : [[key, encode(item)]])),
  );
}

/** A map without some of its keys. */
export function without<Map extends PropertyMap>(map: Map, ...keys: readonly string[]): Map {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key))) as Map;
}

/** The value without its secret marks, at any depth. Unknown values stay. */
export function revealed(value: PropertyValue): PropertyValue {
  if (isSecret(value)) return revealed(value.value);
  if (Array.isArray(value)) return value.map(revealed);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealed(item)]));
}

/** The plain data of a wholly known value. Throws on an unknown one: callers ask {@link hasUnknown}. */
export function toJson(value: PropertyValue): Json {
  if (hasUnknown(value)) throw new Error("A value is not known yet.");
  return revealed(value) as Json;
}

export function hasUnknown(value: PropertyValue): boolean {
  return some(value, (item) => item === UNKNOWN);
}

export function hasSecret(value: PropertyValue): boolean {
  return some(value, (item) => isSecret(item));
}

function some(value: PropertyValue, test: (item: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  if (isSecret(value)) return some(value.value, test);
  if (Array.isArray(value)) return value.some((item) => some(item, test));
  return isMap(value) && Object.values(value).some((item) => some(item, test));
}

/**
 * Marks in `value` what is secret in `pattern`: at the same key, and for a list as a whole, because a
 * server may reorder or fill up a list.
 */
export function markSecretsLike(value: PropertyValue, pattern: PropertyValue): PropertyValue {
  if (isSecret(value)) return value;
  if (isSecret(pattern)) return secret(revealed(value));
  if (Array.isArray(pattern)) return hasSecret(pattern) ? secret(revealed(value)) : value;
  if (!isMap(value) || !isMap(pattern)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const counterpart = pattern[key];
      return [key, counterpart === undefined ? item : markSecretsLike(item, counterpart)];
    }),
  );
}

/** Replaces every secret text of `inputs` that occurs in a message, so that no error prints one. */
export function withoutSecrets(message: string, inputs: PropertyValue): string {
  const texts: string[] = [];
  collectSecretTexts(inputs, false, texts);
  texts.sort((a, b) => b.length - a.length);
  return texts.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
}

// Shorter texts ("true", "db") occur in any message by chance, and hiding them would hide the message.
const SHORTEST_HIDDEN_TEXT = 6;

function collectSecretTexts(value: PropertyValue, inSecret: boolean, texts: string[]): void {
  if (isSecret(value)) collectSecretTexts(value.value, true, texts);
  else if (Array.isArray(value))
    for (const item of value) collectSecretTexts(item, inSecret, texts);
  else if (isMap(value))
    for (const item of Object.values(value)) collectSecretTexts(item, inSecret, texts);
  else if (inSecret && typeof value === "string" && value.length >= SHORTEST_HIDDEN_TEXT)
    texts.push(value, Buffer.from(value).toString("base64"));
}
