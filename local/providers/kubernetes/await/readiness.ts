import type { ObjectReference } from "../cluster.ts";
import type { Manifest } from "../manifest.ts";
import type { JsonObject } from "../../property-values.ts";

/** Whether an object is what it should become, and if not, why. */
export interface Readiness {
  readonly ready: boolean;
  /** It will never be ready: waiting on is pointless. */
  readonly failed?: boolean;
  readonly reasons: readonly string[];
}

export const READY: Readiness = { ready: true, reasons: [] };

/** What checks of one object read of others. */
export interface ClusterReader {
  find(reference: ObjectReference): Promise<Manifest | undefined>;
  list(
    apiVersion: string,
    kind: string,
    namespace?: string,
    labelSelector?: string,
  ): Promise<JsonObject[]>;
}
