import type { Engine } from "../../local/engine/index.ts";
import { maskSecrets, type RecordedResource } from "../../plan/recording.ts";
import { autonameOf, cloudOf } from "../../plan/recording/cloud-outputs/index.ts";

type Json = Readonly<Record<string, unknown>>;

/** A cloud's resource as the plan and the state both have it, secrets masked. */
export interface StatedResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Json;
  readonly outputs: Json;
}

/** The clouds' resources in a stack's state. */
export async function statedResources(engine: Engine): Promise<StatedResource[]> {
  const { stdout } = await engine.run("stack", "export", "--show-secrets");
  const state = JSON.parse(stdout) as { deployment: { resources: (StatedResource & Json)[] } };
  return state.deployment.resources
    .filter(({ type }) => cloudOf(type) !== undefined)
    .map(({ urn, type, inputs, outputs }) => ({
      urn,
      type,
      inputs: masked(inputs) as Json,
      outputs: masked(outputs) as Json,
    }));
}

/** What a plan says of a resource, in the same form. */
export function plannedResource({ urn, type, inputs, outputs }: RecordedResource): StatedResource {
  return {
    urn,
    type,
    inputs: maskSecrets(inputs) as Json,
    outputs: maskSecrets(outputs) as Json,
  };
}

/**
 * The state with the names that an engine made up written as the plan writes them, wherever they occur:
 * ids, links and addresses hold them. The program's own inputs have no name then.
 */
export function inPlannedNames(
  stated: readonly StatedResource[],
  planned: readonly RecordedResource[],
): StatedResource[] {
  const byUrn = new Map(stated.map((resource) => [resource.urn, resource]));
  const made = planned.flatMap(({ urn, type, inputs, outputs }) => {
    const input = autonameOf(type)?.input;
    if (input === undefined || input in inputs) return [];
    const real = byUrn.get(urn)?.inputs[input];
    const name = outputs[input];
    return typeof real === "string" && typeof name === "string" ? [{ urn, input, real, name }] : [];
  });
  const inputOf = new Map(made.map(({ urn, input }) => [urn, input]));
  // The longest first: one name may begin as another does.
  const order = made.toSorted((a, b) => b.real.length - a.real.length);
  return stated.map((resource) => {
    const text = order.reduce(
      (all, { real, name }) => all.replaceAll(real, name),
      JSON.stringify(resource),
    );
    const { inputs, ...rest } = JSON.parse(text) as StatedResource;
    const made = inputOf.get(resource.urn);
    const own = Object.entries(inputs).filter(([key]) => key !== made);
    return { ...rest, inputs: Object.fromEntries(own) };
  });
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Every leaf below what the state marks secret, as the plan masks it. */
function masked(value: unknown, hidden = false): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(item, hidden));
  if (typeof value !== "object" || value === null) {
    return hidden && value !== null ? "[secret]" : value;
  }
  const map = value as Json;
  if (SIGNATURE in map) return masked(JSON.parse(String(map["plaintext"])), true);
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, masked(item, hidden)]));
}
