import { createHash } from "node:crypto";
import {
  automaticName,
  autonameOf,
  type Properties,
} from "../../../plan/recording/cloud-outputs/index.ts";
import { revealed, type PropertyMap } from "../property-values.ts";
import type { CheckRequest } from "../provider.ts";

/**
 * The inputs with a name where the program gives none: the name it already has if that was made up too,
 * else one whose digits come from the engine's seed, so that a preview and the update after it agree.
 */
export function withAutomaticName(request: CheckRequest): PropertyMap {
  const { type, name, newInputs, oldInputs, autonaming, randomSeed } = request;
  const rule = autonameOf(type);
  const plain = revealed(newInputs) as Properties;
  const digits = createHash("sha256").update(randomSeed).update(name).digest("hex");
  const made = automaticName(type, name, plain, (count) => digits.slice(0, count));
  if (rule === undefined || made === undefined) return newInputs;
  const old = oldInputs[rule.input];
  const configured = autonaming !== undefined && rule.kind !== "uuid";
  if (typeof old === "string" && (configured || isAutomatic(type, name, old))) {
    return { ...newInputs, [rule.input]: old };
  }
  if (autonaming?.mode === "disable") return newInputs;
  return { ...newInputs, [rule.input]: configured ? autonaming.proposedName : made };
}

/** Whether a name was made up with digits at its end, and so may differ after a replacement. */
export function isAutomatic(type: string, name: string, chosen: string): boolean {
  const rule = autonameOf(type);
  if (rule === undefined || rule.kind === "copy") return false;
  if (rule.kind === "uuid") return true;
  const digits = /-?([0-9a-f]{7,8})$/.exec(chosen)?.[1] ?? "";
  const again = automaticName(type, name, {}, (count) => digits.slice(-count));
  return digits !== "" && again === chosen;
}
