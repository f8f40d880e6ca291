import { z } from "zod";
import { bare, schemaAt, setAt, shapeOf, type ValuePath } from "./schema/path.ts";

/** Which of the two sound values of a schema: the smaller or first one, or the other. */
type End = "low" | "high";

/** A sound value of a schema: an end of a range, a word of a choice, an example of a text. */
export function soundValue(schema: z.core.$ZodType, end: End): unknown {
  const here = bare(schema);
  const pick = (values: readonly unknown[]) => (end === "low" ? values[0] : values.at(-1));
  if (here instanceof z.ZodObject) {
    // What may be left out is left out at the low end, so that no rule can hold because of it.
    const present = Object.entries(shapeOf(here)).filter(
      ([, inner]) => end === "high" || !(inner instanceof z.ZodExactOptional),
    );
    return Object.fromEntries(present.map(([key, inner]) => [key, soundValue(inner, end)]));
  }
  if (here instanceof z.ZodRecord) return {};
  if (here instanceof z.ZodArray) return [soundValue(here.element, end)];
  if (here instanceof z.ZodEnum) return pick(here.options);
  if (here instanceof z.ZodLiteral) return here.value;
  if (here instanceof z.ZodBoolean) return pick([false, true]);
  if (here instanceof z.ZodNumber) return end === "low" ? here.minValue : here.maxValue;
  if (here instanceof z.ZodString) return pick((here.meta()?.["examples"] ?? [""]) as unknown[]);
  throw new Error(`No sound value is known for a schema of type ${here._zod.def.type}.`);
}

/**
 * A copy of `raw` that the schema accepts: unknown keys gone, and a sound value at each of the `broken`
 * places. Rules about meaning can then be checked everywhere else, so that one run names every problem.
 */
export function mended(
  schema: z.core.$ZodType,
  raw: unknown,
  unknownKeys: readonly ValuePath[],
  broken: readonly ValuePath[],
  end: End,
): unknown {
  const copy = structuredClone(raw);
  for (const path of unknownKeys) setAt(copy, path, undefined);
  for (const path of broken) {
    const at = schemaAt(schema, path);
    if (at !== undefined) setAt(copy, path, soundValue(at, end));
  }
  return copy;
}
