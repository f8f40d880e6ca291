import { reveal } from "../secret.ts";
import {
  automaticName,
  autonameOf,
  cloudAccount,
  cloudAnswer,
  filled,
  plannedDigits,
  type Properties,
  type SecretForm,
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
  return { id: answer.id, outputs: filled(named, answer.outputs, WIRE_SECRETS) as WireObject };
}

const WIRE_SECRETS: SecretForm = { is: isWireSecret, bare: unwrapWire, marked: wireSecret };

/** A plain value as the protocol carries it. */
export function toWire(value: unknown): unknown {
  return filled(undefined, value, WIRE_SECRETS);
}
