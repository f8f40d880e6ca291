import type { Equality, PropertyPath } from "../property-diff.ts";

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

// The maps and fields that hold quantities. Elsewhere "1" and "1.0" are different texts.
const QUANTITY_HOLDERS = new Set([
  "requests",
  "limits",
  "hard",
  "capacity",
  "default",
  "defaultRequest",
  "max",
  "min",
  "sizeLimit",
  "averageValue",
]);
const TEXT_HOLDERS = new Set(["data", "stringData", "labels", "annotations"]);

function amount(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const match = /^([+-]?\d+(?:\.\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(value);
  const factor = SUFFIXES[match?.[2] ?? ""];
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}

/**
 * Equality of inputs and live values: identical, or one quantity spelt in two ways. The API server
 * rewrites quantities ("0.5" to "500m", "1024Mi" to "1Gi"), which is no change.
 */
export const sameValue: Equality = (path: PropertyPath, a, b) => {
  if (a === b) return true;
  const holdsQuantity = path.some((segment) => QUANTITY_HOLDERS.has(String(segment)));
  if (!holdsQuantity || path.some((segment) => TEXT_HOLDERS.has(String(segment)))) return false;
  const [left, right] = [amount(a), amount(b)];
  if (left === undefined || right === undefined) return false;
  return Math.abs(left - right) <= 1e-12 * Math.max(Math.abs(left), Math.abs(right));
};
