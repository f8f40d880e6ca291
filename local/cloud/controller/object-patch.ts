import { isDeepStrictEqual } from "node:util";
import type { ApiClient } from "../../providers/kubernetes/api-client.ts";
import { ApiError } from "../../providers/kubernetes/api-error.ts";
import { at, textAt } from "../../providers/kubernetes/json-access.ts";
import type { JsonObject } from "../../providers/property-values.ts";

/** Where an object of a collection such as `/api/v1/services` is. */
export function pathOf(collection: string, object: JsonObject): string {
  const name = textAt(object, "metadata", "name") ?? "";
  const namespace = textAt(object, "metadata", "namespace");
  const split = collection.lastIndexOf("/");
  const [group, plural] = [collection.slice(0, split), collection.slice(split + 1)];
  const within = namespace === undefined ? "" : `/namespaces/${namespace}`;
  return `${group}${within}/${plural}/${name}`;
}

/** Changes an object; one that is gone by now needs no change. */
export async function merge(client: ApiClient, path: string, body: JsonObject): Promise<void> {
  await unlessGone(
    client.send("PATCH", path, { body, contentType: "application/merge-patch+json" }),
  );
}

/** Changes the finalizers of an object as they are at that moment; nothing is done where it is gone. */
export async function changeFinalizers(
  client: ApiClient,
  path: string,
  change: (finalizers: string[]) => string[],
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      const live = (await client.send("GET", path)).body as JsonObject;
      const now = finalizersOf(live);
      const finalizers = change(now);
      if (isDeepStrictEqual(finalizers, now)) return;
      const resourceVersion = textAt(live, "metadata", "resourceVersion") ?? "";
      await merge(client, path, { metadata: { resourceVersion, finalizers } });
      return;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404) return;
      // Somebody else changed it in between.
      if (error.status !== 409 || attempt >= 5) throw error;
    }
  }
}

/** Names of those who keep an object until they have done their part. */
export function finalizersOf(object: JsonObject): string[] {
  const finalizers = at(object, "metadata", "finalizers");
  return Array.isArray(finalizers) ? finalizers.map(String) : [];
}

/** Waits for a request, and takes it that the object is gone for a success. */
export async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}
