import type { Engine } from "../../local/engine/index.ts";
import { maskSecrets, type RecordedResource } from "../../plan/recording.ts";
import { cloudOf } from "../../plan/recording/cloud-outputs/index.ts";

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
