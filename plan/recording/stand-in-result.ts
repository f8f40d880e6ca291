import type { WireObject } from "./wire.ts";

/** The id and the computed outputs that a provider would answer with. */
export interface StandInResult {
  readonly id: string;
  readonly outputs: WireObject;
}
