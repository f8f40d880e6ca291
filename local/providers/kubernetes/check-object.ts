import { UNKNOWN, type PropertyMap } from "../property-values.ts";
import type { CheckFailure, CheckRequest, CheckResult } from "../provider.ts";
import { autonamed } from "./autoname.ts";
import { parseWaitFor, WAIT_FOR } from "./await/wait-for.ts";
import { inputMetadata, markSecretData, withMetadata } from "./manifest.ts";

/** What a provider's configuration says about the objects it checks. */
export interface CheckContext {
  /** The namespace that the provider sets on objects without one; absent when it is not configured. */
  readonly namespace?: string;
  /** Whether a kind lives in a namespace; true also while that cannot be told. */
  isNamespaced(apiVersion: string, kind: string): Promise<boolean>;
}

/** Completes and judges the inputs of an object. The API server is the judge of everything else. */
export async function checkObject(
  request: CheckRequest,
  context: CheckContext,
): Promise<CheckResult> {
  const refusal = unsupportedKind(request);
  if (refusal !== undefined) throw new Error(refusal);
  const failures = checkIdentity(request.newInputs);
  if (failures.length > 0) return { inputs: request.newInputs, failures };
  const named = autonamed(request);
  const inputs = markSecretData(await withNamespace(named.inputs, context));
  return { inputs, failures: [...named.failures, ...checkWaitFor(inputs)] };
}

function unsupportedKind(request: CheckRequest): string | undefined {
  const kind = request.type.slice(request.type.lastIndexOf(":") + 1);
  const inputKind = request.newInputs["kind"];
  if (kind.endsWith("Patch") && inputKind !== kind) {
    return `${request.type}: the stand-in does not patch objects that somebody else owns. Use the real plugin.`;
  }
  if (kind.endsWith("List") && inputKind === kind && "items" in request.newInputs) {
    return `${request.type}: a list is not an object that can be created. Create its items.`;
  }
  return undefined;
}

function checkIdentity(inputs: PropertyMap): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const key of ["apiVersion", "kind"]) {
    const value = inputs[key];
    if (value === UNKNOWN || (typeof value === "string" && value !== "")) continue;
    failures.push({ property: key, reason: "expected a text that is not empty" });
  }
  const metadata = inputMetadata(inputs);
  if (metadata === undefined) {
    const { metadata: given } = inputs;
    const unknown = given === UNKNOWN || (typeof given === "object" && given !== null);
    return unknown ? failures : [...failures, { property: "metadata", reason: "expected a map" }];
  }
  for (const key of ["name", "namespace"]) {
    const value = metadata[key] ?? UNKNOWN;
    if (value === UNKNOWN || typeof value === "string") continue;
    if (typeof value === "object") continue;
    failures.push({ property: `metadata.${key}`, reason: `got ${String(value)}, expected a text` });
  }
  if (metadata["generateName"] !== undefined) {
    failures.push({
      property: "metadata.generateName",
      reason: "is not possible with server-side apply; leave the name out to have one made up",
    });
  }
  return failures;
}

async function withNamespace(inputs: PropertyMap, context: CheckContext): Promise<PropertyMap> {
  const metadata = inputMetadata(inputs);
  const { apiVersion, kind } = inputs;
  if (context.namespace === undefined || metadata === undefined) return inputs;
  if (metadata["namespace"] !== undefined) return inputs;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return inputs;
  if (!(await context.isNamespaced(apiVersion, kind))) return inputs;
  return withMetadata(inputs, { ...metadata, namespace: context.namespace });
}

function checkWaitFor(inputs: PropertyMap): CheckFailure[] {
  const annotations = inputMetadata(inputs)?.["annotations"];
  const text = (annotations as PropertyMap | undefined)?.[WAIT_FOR];
  if (typeof text !== "string") return [];
  try {
    parseWaitFor(text);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ property: `metadata.annotations["${WAIT_FOR}"]`, reason }];
  }
}
