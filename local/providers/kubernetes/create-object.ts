import { setTimeout as sleep } from "node:timers/promises";
import type { ApiResponse } from "./api-client.ts";
import { hasReason, isAbsent } from "./api-error.ts";
import type { Cluster } from "./cluster.ts";
import { CREATE_MANAGER } from "./managed-fields.ts";
import type { Manifest } from "./manifest.ts";

const MAX_RETRIES = 5;
const FIRST_RETRY_MILLISECONDS = 250;

const EXISTS_ADVICE =
  "\nSomething of this name is in the cluster already. If the resource was renamed in the program, " +
  "give it an alias; if it is somebody else's, choose another name or import it.";

/**
 * Creates an object. What it needs first may be on its way (the definition of a custom resource, a
 * namespace), so "not found" is tried again, five times and ever later.
 */
export async function createObject(
  object: Manifest,
  cluster: Cluster,
  onRetry: (attempt: number, reason: string) => void = () => undefined,
): Promise<ApiResponse> {
  let pause = FIRST_RETRY_MILLISECONDS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await cluster.create(await cluster.placed(object), { fieldManager: CREATE_MANAGER });
    } catch (error) {
      if (hasReason(error, "AlreadyExists")) {
        throw new Error(`${(error as Error).message}${EXISTS_ADVICE}`, { cause: error });
      }
      if (!isAbsent(error) || attempt > MAX_RETRIES) throw error;
      onRetry(attempt, (error as Error).message);
    }
    await sleep(pause);
    pause *= 2;
  }
}

/** What the API server would make of the object, without making it. */
export async function dryRunCreate(object: Manifest, cluster: Cluster): Promise<Manifest> {
  const query = { fieldManager: CREATE_MANAGER, dryRun: "All" };
  const { body } = await cluster.create(await cluster.placed(object), query);
  return body as Manifest;
}
