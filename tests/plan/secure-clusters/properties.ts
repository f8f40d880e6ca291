import { ACCESS_PROPERTIES } from "./access-properties.ts";
import type { SecureProperty } from "./secure-property.ts";
import { SURROUNDING_PROPERTIES } from "./surrounding-properties.ts";

export type { Proof } from "./secure-property.ts";

/** What every cluster of guard strict is to be. */
export const SECURE_PROPERTIES: readonly SecureProperty[] = [
  ...ACCESS_PROPERTIES,
  ...SURROUNDING_PROPERTIES,
];
