import { createHash } from "node:crypto";

/** Characters of a hash that keep shortened names apart: one in 16 million pairs collides. */
const HASH_LENGTH = 6;

/**
 * A name of at most `longest` characters: itself where it fits, else its beginning and a hash of the
 * whole. The same name is always shortened in the same way.
 */
export function shortened(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  const start = name.slice(0, longest - HASH_LENGTH - 1).replace(/-+$/, "");
  return `${start}-${hash}`;
}

/** A name of lower-case letters and digits alone, for clouds that take no dashes (storage accounts). */
export function withoutDashes(name: string, longest: number): string {
  const plain = name.replaceAll("-", "");
  if (plain.length <= longest && !name.includes("-")) return plain;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  return plain.slice(0, longest - HASH_LENGTH) + hash;
}
