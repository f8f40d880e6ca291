import { z } from "zod";
import type { Problem } from "../components/core/problem.ts";
import { bare, keysAt, pathText, schemaAt, valueAt, type ValuePath } from "./schema/path.ts";
import { ENCRYPTED } from "./stack-source.ts";
import { suggestion, unknownKey } from "./unknown-key.ts";

/** What is wrong with the shape of a value, and where, so that the rest can be checked without it. */
export interface ShapeProblems {
  readonly problems: readonly Problem[];
  readonly unknownKeys: readonly ValuePath[];
  readonly broken: readonly ValuePath[];
}

const LONGEST_SHOWN = 60;

/** A value as a message shows it. */
function shown(value: unknown): string {
  if (value === ENCRYPTED) return "an encrypted value";
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  // JSON would show what is infinite, or no number at all, as null.
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

/** Whether a schema takes a value, by what it shows editors too: quantities are judged elsewhere. */
function takes(schema: z.core.$ZodType, value: unknown): boolean {
  const pattern = schema instanceof z.ZodType ? schema.meta()?.["pattern"] : undefined;
  const isInForm =
    typeof value !== "string" || typeof pattern !== "string" || new RegExp(pattern).test(value);
  return isInForm && z.safeParse(schema, value).success;
}

/** What to do about a value where text belongs. */
function textRemedy(value: unknown, schema: z.core.$ZodType): string {
  if (typeof value !== "number" && typeof value !== "boolean") return "Write text.";
  if (takes(schema, String(value))) return `Write it in quotes: "${value}".`;
  // Only where nothing but the unit is missing.
  const lacksUnit = takes(schema, "1Gi") && !takes(schema, "1");
  return lacksUnit ? "Add one of the units Ki, Mi, Gi, Ti." : "Write it in this form.";
}

/** What to do about a value where a number belongs. */
function numberRemedy(value: unknown, schema: z.core.$ZodType): string {
  if (typeof value === "number") {
    if (Number.isFinite(value) || !(schema instanceof z.ZodNumber)) {
      return "Write it without a fraction.";
    }
    return `Write a number from ${schema.minValue} to ${schema.maxValue}.`;
  }
  const isNumeral = typeof value === "string" && /^\d+$/.test(value);
  return isNumeral && takes(schema, Number(value))
    ? `Write it without quotes: ${value}.`
    : "Write digits, without quotes.";
}

/** What to do about a value of the wrong type. */
function typeRemedy(expected: string, value: unknown, schema: z.core.$ZodType): string {
  if (expected === "object") return "Write its keys indented below it.";
  if (expected === "array") return "Write one item a line, each after a dash.";
  if (expected === "boolean") return "Write true or false without quotes.";
  return expected === "string" ? textRemedy(value, schema) : numberRemedy(value, schema);
}

function remedy(issue: z.core.$ZodIssue, value: unknown, schema: z.core.$ZodType): string {
  if (value === ENCRYPTED) return "Write it in clear: secrets have keys of their own.";
  if (value === undefined) return "Add the key.";
  if (value === null) return "Write a value after the colon.";
  // The schema's own bounds: an issue may name those of whole numbers as such.
  const { minValue, maxValue } = schema instanceof z.ZodNumber ? schema : {};
  switch (issue.code) {
    case "invalid_type":
      return typeRemedy(issue.expected, value, schema);
    case "invalid_value":
      // The one word that the rest of the map speaks for.
      if (schema instanceof z.ZodLiteral && typeof value === "string") {
        return `Did you mean "${String(schema.value)}"?`;
      }
      return (
        (typeof value === "string" ? suggestion(value, issue.values.map(String)) : undefined) ??
        "Write one of these."
      );
    case "too_small":
      return issue.origin === "array" ? "Add one." : `Raise it to ${minValue} or more.`;
    case "too_big":
      return `Lower it to ${maxValue} or less.`;
    default:
      return "Write it in this form.";
  }
}

/**
 * Zod's issues as problems. An issue's message is worded in schema/values.ts as the rule that follows
 * "expected". `prefix` stands before every path. `otherKeys` are keys at the root that are known too.
 */
export function shapeProblems(
  schema: z.core.$ZodType,
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
  prefix: string,
  otherKeys: readonly string[] = [],
): ShapeProblems {
  const problems = new Map<string, Problem>();
  const unknownKeys: ValuePath[] = [];
  const broken: ValuePath[] = [];
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") {
      // Keys at the root are written with the prefix, so the known ones are shown with it.
      const atRoot = issue.path.length === 0;
      const lead = atRoot ? prefix : "";
      const known = [...keysAt(schema, issue.path), ...(atRoot ? otherKeys : [])].map(
        (key) => lead + key,
      );
      for (const key of issue.keys) {
        const path = [...issue.path, key];
        unknownKeys.push(path);
        const text = prefix + pathText(path);
        problems.set(text, unknownKey(text, lead + key, known));
      }
      continue;
    }
    const value = valueAt(raw, issue.path);
    const path = prefix + pathText(issue.path);
    broken.push(issue.path);
    if (problems.has(path)) continue;
    problems.set(path, {
      path,
      ...(value === undefined ? {} : { got: shown(value) }),
      expected: issue.message,
      remedy: remedy(issue, value, bare(schemaAt(schema, issue.path) ?? schema)),
    });
  }
  return { problems: [...problems.values()], unknownKeys, broken };
}
