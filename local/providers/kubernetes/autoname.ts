import { createHash } from "node:crypto";
import { isMap, UNKNOWN, type PropertyMap } from "../property-values.ts";
import type { CheckFailure, CheckRequest } from "../provider.ts";
import { inputMetadata, withMetadata } from "./manifest.ts";

const AUTONAMED = "pulumi.com/autonamed";

/** Whether the object's name was made up by {@link autonamed}, and so may differ after a replacement. */
export function isAutonamed(inputs: PropertyMap): boolean {
  const annotations = inputMetadata(inputs)?.["annotations"];
  return isMap(annotations) && annotations[AUTONAMED] === "true";
}

/**
 * Names an object that has no name: the name it already has if that was made up too, else the logical
 * name and eight hexadecimal digits. They come from the engine's seed, so that a preview and the update
 * that follows it agree.
 */
export function autonamed(request: CheckRequest): {
  inputs: PropertyMap;
  failures: CheckFailure[];
} {
  const metadata = inputMetadata(request.newInputs);
  // Metadata that is not known yet may hold a name.
  if (metadata === undefined) return { inputs: request.newInputs, failures: [] };
  const { name } = metadata;
  if (name !== undefined && name !== null && name !== "") {
    return { inputs: request.newInputs, failures: [] };
  }
  const annotations = metadata["annotations"] ?? {};
  if (annotations === UNKNOWN || !isMap(annotations)) {
    const reason = "cannot be made up while the annotations are unknown or secret; set it";
    return { inputs: request.newInputs, failures: [{ property: "metadata.name", reason }] };
  }
  const chosen = chooseName(request);
  if (chosen === undefined) {
    const reason = "is required, because pulumi:autonaming is disabled for this resource";
    return { inputs: request.newInputs, failures: [{ property: "metadata.name", reason }] };
  }
  const named = { ...metadata, name: chosen, annotations: { ...annotations, [AUTONAMED]: "true" } };
  return { inputs: withMetadata(request.newInputs, named), failures: [] };
}

function chooseName(request: CheckRequest): string | undefined {
  const oldName = inputMetadata(request.oldInputs)?.["name"];
  if (typeof oldName === "string" && isAutonamed(request.oldInputs)) return oldName;
  if (request.autonaming?.mode === "disable") return undefined;
  return request.autonaming?.proposedName ?? uniqueName(request.name, request.randomSeed);
}

/** `name-` and eight hexadecimal digits out of the seed. */
export function uniqueName(name: string, seed: Uint8Array): string {
  const digits = createHash("sha256").update(seed).update(name).digest("hex").slice(0, 8);
  return `${name}-${digits}`;
}
