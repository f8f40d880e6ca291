import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { secret, type PropertyMap, type PropertyValue } from "../property-values.ts";
import type { DrawnResources } from "../drawn-values-provider.ts";
import type { CheckFailure } from "../provider.ts";
import { characterRules, checkCharacterRules, randomText, shuffled } from "./characters.ts";

// The id of a resource whose drawn value must stay secret.
const NO_ID = "none";

const CHARACTER_DEFAULTS: PropertyMap = {
  lower: true,
  upper: true,
  number: true,
  numeric: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
};

/** The supported types by token. */
export const RANDOM_RESOURCES: DrawnResources = {
  "random:index/randomPassword:RandomPassword": {
    check: checkCharacterRules,
    outputNames: ["result"],
    draw: (inputs) => ({
      id: NO_ID,
      outputs: {
        ...CHARACTER_DEFAULTS,
        ...inputs,
        result: secret(randomText(characterRules(inputs))),
      },
    }),
  },
  "random:index/randomString:RandomString": {
    check: checkCharacterRules,
    outputNames: ["result"],
    draw: (inputs) => {
      const result = randomText(characterRules(inputs));
      return { id: result, outputs: { ...CHARACTER_DEFAULTS, ...inputs, result } };
    },
  },
  "random:index/randomBytes:RandomBytes": {
    check: (inputs) => checkWhole(inputs, "length", 1),
    outputNames: ["base64", "hex"],
    draw: (inputs) => {
      const bytes = randomBytes(whole(inputs["length"]));
      const outputs = {
        ...inputs,
        base64: secret(bytes.toString("base64")),
        hex: secret(bytes.toString("hex")),
      };
      return { id: NO_ID, outputs };
    },
  },
  "random:index/randomId:RandomId": {
    check: (inputs) => checkWhole(inputs, "byteLength", 1),
    outputNames: ["b64Std", "b64Url", "dec", "hex"],
    draw: (inputs) => {
      const bytes = randomBytes(whole(inputs["byteLength"]));
      const prefix = typeof inputs["prefix"] === "string" ? inputs["prefix"] : "";
      const b64Url = bytes.toString("base64url");
      const outputs = {
        ...inputs,
        b64Std: prefix + bytes.toString("base64"),
        b64Url: prefix + b64Url,
        dec: `${prefix}${BigInt(`0x${bytes.toString("hex")}`)}`,
        hex: prefix + bytes.toString("hex"),
      };
      // The prefix is not part of what was drawn, so it is not part of the id either.
      return { id: b64Url, outputs };
    },
  },
  "random:index/randomUuid:RandomUuid": {
    check: () => [],
    outputNames: ["result"],
    draw: (inputs) => {
      const result = randomUUID();
      return { id: result, outputs: { ...inputs, result } };
    },
  },
  "random:index/randomInteger:RandomInteger": {
    check: (inputs) => [
      ...refuseSeed(inputs),
      ...checkWhole(inputs, "min", Number.MIN_SAFE_INTEGER),
      ...checkWhole(inputs, "max", whole(inputs["min"])),
    ],
    outputNames: ["result"],
    draw: (inputs) => {
      const result = randomInt(whole(inputs["min"]), whole(inputs["max"]) + 1);
      return { id: String(result), outputs: { ...inputs, result } };
    },
  },
  "random:index/randomShuffle:RandomShuffle": {
    check: refuseSeed,
    outputNames: ["results"],
    draw: (inputs) => {
      const items = Array.isArray(inputs["inputs"]) ? inputs["inputs"] : [];
      const count =
        inputs["resultCount"] === undefined ? items.length : whole(inputs["resultCount"]);
      const results: PropertyValue[] = [];
      // A count above the number of items takes whole further rounds of them.
      while (results.length < count && items.length > 0) results.push(...shuffled(items));
      return { id: "-", outputs: { ...inputs, results: results.slice(0, count) } };
    },
  },
};

function whole(value: PropertyValue | undefined): number {
  return typeof value === "number" ? value : 0;
}

function checkWhole(inputs: PropertyMap, property: string, least: number): CheckFailure[] {
  const value = inputs[property];
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return [];
  const got = typeof value === "number" || typeof value === "string" ? String(value) : "no number";
  return [{ property, reason: `got ${got}, expected a whole number of at least ${least}` }];
}

function refuseSeed(inputs: PropertyMap): CheckFailure[] {
  if (inputs["seed"] === undefined) return [];
  return [
    {
      property: "seed",
      reason: "the stand-in cannot repeat what the real plugin draws from a seed; leave it out",
    },
  ];
}
