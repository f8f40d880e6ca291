import { cloudOf, type Properties } from "./cloud-outputs/index.ts";
import { cloudStandIn } from "./cloud-stand-in.ts";
import type { StandInResult } from "./stand-in-result.ts";
import { unwrapWire, wireSecret, type WireObject } from "./wire.ts";

/** What stands for a generated value, so that no plan holds a random value. */
export const GENERATED = "[generated]";

/** What stands for the random end of an automatic Kubernetes name. */
export const AUTO_NAME_SUFFIX = "xxxxxxxx";

/**
 * Answers for a provider: the inputs come back as outputs, and what the provider would compute is a
 * fixed value of the right shape. In a preview what cannot be known is left out, as an engine does.
 * `settings` are the inputs of the resource's provider: a cloud's answers hold its project or account.
 */
export function standInResult(
  type: string,
  name: string,
  inputs: WireObject,
  preview: boolean,
  settings: Properties = {},
): StandInResult {
  if (type.startsWith("pulumi:providers:")) {
    return { id: preview ? "" : "00000000-0000-0000-0000-000000000000", outputs: inputs };
  }
  if (type.startsWith("kubernetes:")) return kubernetes(type, name, inputs, preview);
  if (type.startsWith("random:")) {
    return preview
      ? { id: "", outputs: inputs }
      : { id: "none", outputs: { ...inputs, ...random(type, inputs) } };
  }
  if (type.startsWith("tls:")) {
    return preview
      ? { id: "", outputs: inputs }
      : { id: "none", outputs: { ...inputs, ...tls(type) } };
  }
  if (cloudOf(type) !== undefined) return cloudStandIn(type, name, inputs, settings, preview);
  return { id: preview ? "" : `${name}-id`, outputs: inputs };
}

function kubernetes(
  type: string,
  name: string,
  inputs: WireObject,
  preview: boolean,
): StandInResult {
  const automatic = `${name}-${AUTO_NAME_SUFFIX}`;
  if (type === "kubernetes:helm.sh/v3:Release") return release(automatic, inputs, preview);
  const metadata = {
    name: automatic,
    ...(unwrapWire(inputs["metadata"]) as WireObject | undefined),
  };
  const namespace = unwrapWire((metadata as WireObject)["namespace"]);
  const objectName = String(unwrapWire(metadata.name));
  const id = typeof namespace === "string" ? `${namespace}/${objectName}` : objectName;
  return { id: preview ? "" : id, outputs: { ...inputs, metadata } };
}

function release(automatic: string, inputs: WireObject, preview: boolean): StandInResult {
  const named: WireObject = { name: automatic, namespace: "default", ...inputs };
  const { name, namespace } = named;
  const status = { name, namespace, status: "deployed", revision: 1 };
  const id = `${String(unwrapWire(namespace))}/${String(unwrapWire(name))}`;
  return preview ? { id: "", outputs: named } : { id, outputs: { ...named, status } };
}

function random(type: string, inputs: WireObject): WireObject {
  const length = Number(unwrapWire(inputs["length"] ?? inputs["byteLength"] ?? 16));
  const zeros = Buffer.alloc(length);
  switch (type) {
    case "random:index/randomPassword:RandomPassword":
      return { result: wireSecret(GENERATED), bcryptHash: wireSecret(GENERATED) };
    case "random:index/randomBytes:RandomBytes":
      return {
        base64: wireSecret(zeros.toString("base64")),
        hex: wireSecret(zeros.toString("hex")),
      };
    case "random:index/randomId:RandomId":
      return {
        b64Std: zeros.toString("base64"),
        b64Url: zeros.toString("base64url"),
        dec: "0",
        hex: zeros.toString("hex"),
      };
    case "random:index/randomString:RandomString":
      return { result: "x".repeat(length) };
    case "random:index/randomInteger:RandomInteger":
      return { result: unwrapWire(inputs["min"]) };
    case "random:index/randomUuid:RandomUuid":
      return { result: "00000000-0000-4000-8000-000000000000" };
    default:
      throw noOutputs(type);
  }
}

function tls(type: string): WireObject {
  if (type !== "tls:index/privateKey:PrivateKey") throw noOutputs(type);
  const hidden = ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"];
  const shown = [
    "publicKeyFingerprintMd5",
    "publicKeyFingerprintSha256",
    "publicKeyOpenssh",
    "publicKeyPem",
  ];
  return {
    ...Object.fromEntries(hidden.map((key) => [key, wireSecret(GENERATED)])),
    ...Object.fromEntries(shown.map((key) => [key, GENERATED])),
  };
}

function noOutputs(type: string): Error {
  return new Error(
    `The plan has no stand-in outputs for ${type}. Add them in plan/recording/stand-in-outputs.ts.`,
  );
}
