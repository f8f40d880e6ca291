import { z } from "zod";
import { bare, schemaAt, setAt, shapeOf, type ValuePath } from "./schema/path.ts";

/** Most things have two sound values that differ: both ends of a range, two examples of a text. */
const FEWEST_TURNS = 2;

/** How many turns it takes until every word of every choice in a schema had one. */
function turnsOf(schema: z.core.$ZodType): number {
  const here = bare(schema);
  if (here instanceof z.ZodEnum) return Math.max(FEWEST_TURNS, here.options.length);
  if (here instanceof z.ZodArray) return turnsOf(here.element);
  if (!(here instanceof z.ZodObject)) return FEWEST_TURNS;
  return Math.max(FEWEST_TURNS, ...Object.values(shapeOf(here)).map(turnsOf));
}

/** A sound value of a schema, another one each turn: an end of a range, a word, an example of a text. */
export function soundValue(schema: z.core.$ZodType, turn: number): unknown {
  const here = bare(schema);
  const pick = (values: readonly unknown[]) => values[turn % values.length];
  if (here instanceof z.ZodObject) {
    // What may be left out is left out every other turn, so that no rule can hold because of it.
    const present = Object.entries(shapeOf(here)).filter(
      ([, inner]) => pick([false, true]) === true || !(inner instanceof z.ZodExactOptional),
    );
    return Object.fromEntries(present.map(([key, inner]) => [key, soundValue(inner, turn)]));
  }
  if (here instanceof z.ZodRecord) return {};
  if (here instanceof z.ZodArray) return [soundValue(here.element, turn)];
  if (here instanceof z.ZodEnum) return pick(here.options);
  if (here instanceof z.ZodLiteral) return here.value;
  if (here instanceof z.ZodBoolean) return pick([false, true]);
  if (here instanceof z.ZodNumber) return pick([here.minValue, here.maxValue]);
  if (here instanceof z.ZodString) return pick((here.meta()?.["examples"] ?? [""]) as unknown[]);
  throw new Error(`No sound value is known for a schema of type ${here._zod.def.type}.`);
}

/**
 * Copies of `raw` that the schema accepts: unknown keys gone, and at each of the `broken` places a sound
 * value, another one in each copy. Rules about meaning can then be checked everywhere else, so that one
 * run names every problem: what they say of all copies hangs on none of the broken values.
 */
export function mendedCopies(
  schema: z.core.$ZodType,
  raw: unknown,
  unknownKeys: readonly ValuePath[],
  broken: readonly ValuePath[],
): unknown[] {
  const schemas = broken.map((path) => schemaAt(schema, path)).filter((at) => at !== undefined);
  const turns = Math.max(FEWEST_TURNS, ...schemas.map(turnsOf));
  return Array.from({ length: turns }, (_, turn) => mended(schema, raw, unknownKeys, broken, turn));
}

function mended(
  schema: z.core.$ZodType,
  raw: unknown,
  unknownKeys: readonly ValuePath[],
  broken: readonly ValuePath[],
  turn: number,
): unknown {
  const copy = structuredClone(raw);
  for (const path of unknownKeys) setAt(copy, path, undefined);
  for (const path of broken) {
    const at = schemaAt(schema, path);
    if (at !== undefined) setAt(copy, path, soundValue(at, turn));
  }
  return copy;
}
