import https from "node:https";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import type { ApiClient } from "../../providers/kubernetes/api-client.ts";
import { ApiError } from "../../providers/kubernetes/api-error.ts";
import { listAt, objectAt, textAt } from "../../providers/kubernetes/json-access.ts";
import type { ClusterAccess } from "../../providers/kubernetes/kubeconfig.ts";
import type { JsonObject } from "../../providers/property-values.ts";

const RETRY_MILLISECONDS = 500;

/** Where objects of one kind are listed, such as `/api/v1/services`. */
export interface Watched {
  readonly path: string;
  /** Called with every object that is there and with each of its changes. */
  readonly seen: (object: JsonObject) => void;
  readonly gone: (object: JsonObject) => void;
}

interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: JsonObject;
}

/** Follows the objects of one kind for as long as the process lives. */
export async function watch(
  client: ApiClient,
  access: ClusterAccess,
  watched: Watched,
): Promise<never> {
  for (;;) {
    try {
      const { body } = await client.send("GET", watched.path);
      listAt(body, "items").forEach(watched.seen);
      await follow(access, watched, textAt(objectAt(body, "metadata"), "resourceVersion") ?? "");
    } catch (error) {
      // Listed anew: the API server ends every watch after a while, and is itself restarted at times.
      if (error instanceof ApiError) process.stderr.write(`${watched.path}: ${error.message}\n`);
    }
    await delay(RETRY_MILLISECONDS);
  }
}

/** Hands events on until the stream ends. */
async function follow(access: ClusterAccess, watched: Watched, since: string): Promise<void> {
  const query = new URLSearchParams({ watch: "1", resourceVersion: since });
  const options = {
    agent: false as const,
    ca: access.ca,
    headers: { authorization: `Bearer ${access.token ?? ""}`, accept: "application/json" },
  };
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    https
      .get(new URL(`${watched.path}?${query.toString()}`, access.server), options, resolve)
      .on("error", reject);
  });
  for await (const line of createInterface({ input: stream })) {
    const { type, object } = JSON.parse(line) as WatchEvent;
    if (type === "ADDED" || type === "MODIFIED") watched.seen(object);
    else if (type === "DELETED") watched.gone(object);
    // The version is too old by now: a new list tells what was missed.
    else if (type === "ERROR") return;
  }
}
