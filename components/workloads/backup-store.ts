import type { NetworkPeer, ObjectStore } from "../core/cluster-handle.ts";
import type { Problem } from "../core/problem.ts";
import type { ConfigSource } from "./config-source.ts";

/** A folder of an object store to which backups are copied as well (D-91). */
export interface BackupStore {
  /** As the platform gives it: PlatformCapabilities.backupDestination. */
  readonly objectStore: ObjectStore;
  /** Folder in the bucket, without slashes at its ends; each system and kind has its own. */
  readonly folder: string;
  /** Where the store answers, for the network policy. */
  readonly peers: readonly NetworkPeer[];
  /**
   * Keys as environment variables that the store's SDK reads, such as AWS_ACCESS_KEY_ID.
   * @default the pods' workload identity
   */
  readonly credentials?: ConfigSource;
}

/** The account of Azure's blob endpoint, `https://ACCOUNT.blob.core.windows.net`. */
function accountOf(endpoint: string): string | undefined {
  return /^https:\/\/([a-z0-9]{3,24})\.blob\./.exec(endpoint)?.[1];
}

/** Problems of a store. */
export function checkBackupStore({ objectStore, folder, peers }: BackupStore): Problem[] {
  const place: Problem = {
    path: "folder",
    got: JSON.stringify(folder),
    expected: "folders of letters, digits, dots and dashes, such as backups/kaizen-studio",
    remedy: "Leave out slashes at the ends.",
  };
  const { api, endpoint } = objectStore;
  const account: Problem = {
    path: "objectStore.endpoint",
    ...(endpoint === undefined ? {} : { got: JSON.stringify(endpoint) }),
    expected: "https://ACCOUNT.blob.core.windows.net, because the API is azblob",
    remedy: "Name the storage account's blob endpoint.",
  };
  const unreachable: Problem = {
    path: "peers",
    got: "[]",
    expected: "at least one address range",
    remedy: "Name where the store answers: the namespace lets nothing out to anywhere else.",
  };
  return [
    ...(peers.length > 0 ? [] : [unreachable]),
    ...(/^[\w.-]+(\/[\w.-]+)*$/.test(folder) ? [] : [place]),
    ...(api === "azblob" && accountOf(endpoint ?? "") === undefined ? [account] : []),
  ];
}

/** What tells rclone where the store is; whoever the pods are to the cloud, they are to the store. */
export function storeEnv({ objectStore, folder }: BackupStore): Record<string, string> {
  const remote = Object.entries(remoteOf(objectStore)).map(([key, value]) => [
    `RCLONE_CONFIG_STORE_${key}`,
    value,
  ]);
  return {
    ...(Object.fromEntries(remote) as Record<string, string>),
    STORE: `store:${objectStore.bucket}/${folder}`,
  };
}

/** Options of rclone's remote. The bucket is there already, and the pods may not make one. */
function remoteOf({ api, region, endpoint }: ObjectStore): Record<string, string> {
  const at = endpoint === undefined ? {} : { ENDPOINT: endpoint };
  if (api === "gcs") {
    const policy = { BUCKET_POLICY_ONLY: "true", NO_CHECK_BUCKET: "true" };
    return { TYPE: "google cloud storage", ENV_AUTH: "true", ...policy, ...at };
  }
  if (api === "azblob") {
    const ACCOUNT = accountOf(endpoint ?? "") ?? "";
    return { TYPE: "azureblob", ENV_AUTH: "true", NO_CHECK_CONTAINER: "true", ACCOUNT, ...at };
  }
  return {
    TYPE: "s3",
    PROVIDER: endpoint === undefined ? "AWS" : "Other",
    ENV_AUTH: "true",
    NO_CHECK_BUCKET: "true",
    ...(region === undefined ? {} : { REGION: region }),
    ...at,
  };
}
