import type { ObjectStore } from "../core/cluster-handle.ts";
import type { ChartValues } from "./chart-values.ts";

/** What Loki calls the kind of its store. */
export type LokiStore = "s3" | "gcs" | "azure" | "filesystem";

const STORES = { s3: "s3", gcs: "gcs", azblob: "azure" } as const satisfies Record<
  ObjectStore["api"],
  LokiStore
>;

/** Loki's name for the kind of a store; without one it keeps everything on its volume. */
export function lokiStore(store: ObjectStore | undefined): LokiStore {
  return store === undefined ? "filesystem" : STORES[store.api];
}

/**
 * The day from which on lines are kept in this form, in UTC. Lines of before are lost when it changes; a
 * new form is a second entry with a later day.
 */
const SCHEMA_SINCE = "2024-04-01";

/** Values of the chart that say where chunks and index lie. */
export function lokiStorageValues(store: ObjectStore | undefined): ChartValues {
  const type = lokiStore(store);
  return {
    schemaConfig: {
      configs: [
        {
          from: SCHEMA_SINCE,
          store: "tsdb",
          object_store: type,
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
    storage: {
      type,
      ...(store === undefined ? {} : { bucketNames: { chunks: store.bucket }, ...access(store) }),
    },
  };
}

/** How the store is reached. Nobody signs in with a key: the cloud knows the pods by their identity. */
function access({ api, region, endpoint }: ObjectStore): ChartValues {
  switch (api) {
    case "s3":
      return {
        s3: {
          ...(region === undefined ? {} : { region }),
          // Stores other than Amazon's seldom have a name for each bucket.
          ...(endpoint === undefined ? {} : { endpoint, s3ForcePathStyle: true }),
        },
      };
    case "gcs":
      return {};
    case "azblob":
      return { azure: { accountName: blobAccount(endpoint) ?? "", useFederatedToken: true } };
  }
}

/** The first part of the host, `https://ACCOUNT.blob.core.windows.net`; undefined where there is none. */
export function blobAccount(endpoint = ""): string | undefined {
  return /^https:\/\/([^./]+)\./.exec(endpoint)?.[1];
}
