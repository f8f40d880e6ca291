import type { PropertyMap, PropertyValue } from "../../local/providers/property-values.ts";
import { secret } from "../../local/providers/property-values.ts";
import { autonameOf, cloudOf } from "../../plan/recording/cloud-outputs/index.ts";
import { Secret, type Recording } from "../../plan/recording.ts";
import type { CloudStandIn, Made } from "./cloud-stand-in.ts";

/** A property map with what the plan marks secret marked so. */
export function propertiesOf(values: Readonly<Record<string, unknown>>): PropertyMap {
  return property(values) as PropertyMap;
}

function property(value: unknown): PropertyValue {
  if (value instanceof Secret) return secret(property(value.value));
  if (Array.isArray(value)) return value.map(property);
  if (typeof value !== "object" || value === null) return value as PropertyValue;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, property(item)]));
}

/**
 * Makes everything of a recorded program that is a stand-in's, in the order of registration and by the
 * names of the plan. Finds within a second and without an engine what the cloud would refuse.
 */
export async function replayPlan(recording: Recording, standIn: CloudStandIn): Promise<Made[]> {
  const made: Made[] = [];
  for (const { type, name, inputs, outputs } of recording.resources) {
    if (cloudOf(type) !== standIn.cloud) continue;
    const input = autonameOf(type)?.input;
    const own = input === undefined || input in inputs ? {} : { [input]: outputs[input] };
    try {
      made.push(await standIn.create(type, name, propertiesOf({ ...inputs, ...own })));
    } catch (error) {
      throw new Error(`${type} ${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  return made;
}
