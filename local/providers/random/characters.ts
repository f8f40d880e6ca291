import { randomInt } from "node:crypto";
import type { PropertyMap } from "../property-values.ts";
import type { CheckFailure } from "../provider.ts";

/** Which characters a password or string is made of, and how many of each at least. */
export interface CharacterRules {
  readonly length: number;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly numeric: boolean;
  readonly special: boolean;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minNumeric: number;
  readonly minSpecial: number;
  /** Replaces {@link DEFAULT_SPECIAL}; empty means the default. */
  readonly overrideSpecial: string;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const NUMERIC = "0123456789";
/** The special characters used when `overrideSpecial` is absent. */
export const DEFAULT_SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** The rules that inputs ask for; absent flags are on and absent counts zero, as in the real plugin. */
export function characterRules(inputs: PropertyMap): CharacterRules {
  const flag = (key: string) => inputs[key] !== false;
  const count = (key: string) => (typeof inputs[key] === "number" ? inputs[key] : 0);
  return {
    length: count("length"),
    lower: flag("lower"),
    upper: flag("upper"),
    // `number` is the older name of `numeric`, and either may be set.
    numeric: flag("numeric") && flag("number"),
    special: flag("special"),
    minLower: count("minLower"),
    minUpper: count("minUpper"),
    minNumeric: count("minNumeric"),
    minSpecial: count("minSpecial"),
    overrideSpecial: typeof inputs["overrideSpecial"] === "string" ? inputs["overrideSpecial"] : "",
  };
}

/** Reasons why no text can meet the rules. */
export function checkCharacterRules(inputs: PropertyMap): CheckFailure[] {
  const rules = characterRules(inputs);
  const minima = ["minLower", "minUpper", "minNumeric", "minSpecial"] as const;
  const malformed = (["length", ...minima] as const)
    .filter((key) => inputs[key] !== undefined || key === "length")
    .filter((key) => !isCount(inputs[key], key === "length" ? 1 : 0))
    .map((property) => ({
      property,
      reason: `got ${describe(inputs[property])}, expected a whole number of at least ${property === "length" ? 1 : 0}`,
    }));
  if (malformed.length > 0) return malformed;
  const sum = minima.reduce((total, key) => total + rules[key], 0);
  if (rules.length < sum) {
    return [
      {
        property: "length",
        reason: `got ${rules.length}, expected at least ${sum}, the sum of minLower, minUpper, minNumeric and minSpecial`,
      },
    ];
  }
  if (rules.length > sum && alphabet(rules) === "") {
    return [
      {
        property: "length",
        reason: "expected at least one of lower, upper, numeric and special to be on",
      },
    ];
  }
  return [];
}

function isCount(value: unknown, least: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least;
}

function describe(value: PropertyMap[string] | undefined): string {
  if (value === undefined) return "nothing";
  return typeof value === "number" || typeof value === "string" ? String(value) : "no number";
}

function alphabet(rules: CharacterRules): string {
  const special = rules.overrideSpecial === "" ? DEFAULT_SPECIAL : rules.overrideSpecial;
  return [
    rules.lower ? LOWER : "",
    rules.upper ? UPPER : "",
    rules.numeric ? NUMERIC : "",
    rules.special ? special : "",
  ].join("");
}

/** A text that meets the rules, every character drawn without bias from a cryptographic source. */
export function randomText(rules: CharacterRules): string {
  const special = rules.overrideSpecial === "" ? DEFAULT_SPECIAL : rules.overrideSpecial;
  const required = [
    ...draw(LOWER, rules.minLower),
    ...draw(UPPER, rules.minUpper),
    ...draw(NUMERIC, rules.minNumeric),
    ...draw(special, rules.minSpecial),
  ];
  const free = draw(alphabet(rules), rules.length - required.length);
  return shuffled([...required, ...free]).join("");
}

function draw(from: string, count: number): string[] {
  return Array.from({ length: count }, () => from.charAt(randomInt(from.length)));
}

/** The items in an order drawn without bias (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other] as Item, result[last] as Item];
  }
  return result;
}
