import { reveal, Secret } from "../secret.ts";
import {
  automaticName,
  autonameOf,
  cloudAccount,
  cloudAnswer,
  plannedDigits,
  type Properties,
} from "./cloud-outputs/index.ts";
import type { StandInResult } from "./stand-in-result.ts";
import { decodeObject, isWireSecret, unwrapWire, wireSecret, type WireObject } from "./wire.ts";

/**
 * Answers for a cloud's provider. `settings` are the inputs of the provider resource. In a preview the
 * automatic name is known and nothing else that a cloud computes.
 */
export function cloudStandIn(
  type: string,
  name: string,
  inputs: WireObject,
  settings: Properties,
  preview: boolean,
): StandInResult {
  const plain = reveal(decodeObject(inputs)) as Properties;
  const automatic = automaticName(type, name, plain, plannedDigits(name));
  const input = autonameOf(type)?.input;
  const made = automatic === undefined || input === undefined ? {} : { [input]: automatic };
  const named = { ...inputs, ...made };
  if (preview) return { id: "", outputs: named };
  const account = cloudAccount(settings);
  const answer = cloudAnswer({ type, name, inputs: { ...plain, ...made }, account });
  return { id: answer.id, outputs: filled(named, answer.outputs) as WireObject };
}

/** Inputs with what the cloud adds: map into map, list into list of the same length, secrets kept. */
function filled(given: unknown, added: unknown): unknown {
  if (added === undefined) return given;
  if (isWireSecret(given)) return wireSecret(filled(unwrapWire(given), added));
  if (added instanceof Secret) return wireSecret(filled(given, added.value));
  if (Array.isArray(added)) {
    const before: unknown[] =
      Array.isArray(given) && given.length === added.length ? (given as unknown[]) : [];
    return added.map((item, index) => filled(before[index], item));
  }
  if (typeof added !== "object" || added === null) return added;
  const before = typeof given === "object" && !Array.isArray(given) ? (given as WireObject) : {};
  const entries = Object.entries(added).map(([key, item]) => [key, filled(before[key], item)]);
  return { ...before, ...(Object.fromEntries(entries) as WireObject) };
}

/** A plain value as the protocol carries it. */
export function toWire(value: unknown): unknown {
  return filled(undefined, value);
}
