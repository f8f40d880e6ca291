import { Secret, Unknown } from "../secret.ts";

// Signatures by which Pulumi's protocol marks values that JSON has no form for.
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Properties as Pulumi's protocol carries them, as plain JavaScript. */
export type WireObject = Record<string, unknown>;

/** Marks a value secret in the protocol. Twice is once. */
export function wireSecret(value: unknown): unknown {
  if (isWireSecret(value)) return value;
  return { [SIGNATURE_KEY]: SECRET, value };
}

/** Whether a protocol value is marked secret as a whole. */
export function isWireSecret(value: unknown): boolean {
  return isObject(value) && value[SIGNATURE_KEY] === SECRET;
}

/** Whether anything in a protocol value is unknown. */
export function wireHasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(wireHasUnknown);
  return isObject(value) && Object.values(value).some(wireHasUnknown);
}

/** The value of a protocol value without its secret mark. */
export function unwrapWire(value: unknown): unknown {
  return isObject(value) && value[SIGNATURE_KEY] === SECRET ? unwrapWire(value["value"]) : value;
}

/** A protocol value with secrets, unknowns and references as instances that a reader can tell apart. */
export function decodeWire(value: unknown): unknown {
  if (value === UNKNOWN) return new Unknown();
  if (Array.isArray(value)) return value.map(decodeWire);
  if (!isObject(value)) return value;
  switch (value[SIGNATURE_KEY]) {
    case undefined:
      return decodeObject(value);
    case SECRET:
      return new Secret(decodeWire(value["value"]));
    case RESOURCE:
      return { urn: value["urn"] };
    case OUTPUT:
      return decodeOutput(value);
    case ASSET:
    case ARCHIVE:
      return decodeObject(
        Object.fromEntries(Object.entries(value).filter(([key]) => key !== SIGNATURE_KEY)),
      );
    default:
      throw new Error(
        `A value carries a signature that the plan does not know: ${JSON.stringify(value)}`,
      );
  }
}

/** Decodes each property of an object. */
export function decodeObject(value: WireObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decodeWire(item)]));
}

function decodeOutput(value: WireObject): unknown {
  const inner = "value" in value ? decodeWire(value["value"]) : new Unknown();
  return value["secret"] === true ? new Secret(inner) : inner;
}

function isObject(value: unknown): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
