import { createHash } from "node:crypto";

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Decimal digits drawn from a text, the first of them not 0. */
export function digitsOf(text: string, length: number): string {
  const number = BigInt(`0x${digest(text)}`) % 10n ** BigInt(length - 1);
  return `1${number.toString().padStart(length - 1, "0")}`;
}

/** 32 hexadecimal digits in the form of a random UUID. */
export function asUuid(hex: string): string {
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join("-");
}
