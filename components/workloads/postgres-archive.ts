import type { ObjectStore } from "../core/cluster-handle.ts";
import { underPath, type Problem } from "../core/problem.ts";
import type { ResourceBounds } from "../core/quantity.ts";
import { checkSchedule } from "../core/schedule.ts";
import { checkCount } from "./availability.ts";
import { checkBackupStore, type BackupStore } from "./backup-store.ts";

/** Where an operated server keeps its whole past, so that it can be brought back as of any moment. */
export interface PostgresArchive {
  /** The folder is the server's own: nothing else may lie in it. */
  readonly store: BackupStore;
  /** When a new starting point is taken: five fields, in UTC. Applies from the next run. */
  readonly schedule: string;
  /** Days back to which it can be brought, at least 1. Less forgets the rest at the next run. */
  readonly keepDays: number;
}

/** The plugin for backups, by the name that the operator knows it by. */
export const ARCHIVE_PLUGIN = "barman-cloud.cloudnative-pg.io";

/** Of the container beside each server that writes the archive. */
export const ARCHIVER_RESOURCES: ResourceBounds = {
  requests: { cpu: "50m", memory: "128Mi" },
  limits: { cpu: "1", memory: "512Mi" },
};

/** Problems of an archive. */
export function checkArchive({ store, schedule, keepDays }: PostgresArchive): Problem[] {
  const credentials: Problem = {
    path: "store.credentials",
    expected: "nothing, because the operator's plugin is known by workload identity",
    remedy: "Leave it out.",
  };
  return [
    ...underPath("store", checkBackupStore(store)),
    ...(store.credentials === undefined ? [] : [credentials]),
    ...checkSchedule(schedule, "schedule"),
    ...checkCount(keepDays, 1, "keepDays"),
  ];
}

/** The ObjectStore's spec: where, as whom, and for how long. */
export function archiveSpec({ store, keepDays }: PostgresArchive) {
  const { objectStore, folder } = store;
  return {
    configuration: {
      destinationPath: `${rootOf(objectStore)}/${folder}`,
      ...accessTo(objectStore),
      wal: { compression: "gzip" },
      data: { compression: "gzip" },
    },
    retentionPolicy: `${keepDays}d`,
    instanceSidecarConfiguration: {
      resources: ARCHIVER_RESOURCES,
      ...regionEnv(objectStore),
    },
  };
}

function rootOf({ api, bucket, endpoint = "" }: ObjectStore): string {
  switch (api) {
    case "s3":
      return `s3://${bucket}`;
    case "gcs":
      return `gs://${bucket}`;
    case "azblob":
      return `${endpoint.replace(/\/$/, "")}/${bucket}`;
  }
}

/** As whom: always as the ServiceAccount of the server's pods, in the words of each kind of store. */
function accessTo({ api, endpoint }: ObjectStore) {
  switch (api) {
    case "s3":
      return {
        s3Credentials: { inheritFromIAMRole: true },
        ...(endpoint === undefined ? {} : { endpointURL: endpoint }),
      };
    case "gcs":
      return { googleCredentials: { gkeEnvironment: true } };
    case "azblob":
      // The chain of Azure's SDK, of which a pod has one link; the other choice knows nodes alone.
      return { azureCredentials: { useDefaultAzureCredentials: true } };
  }
}

function regionEnv({ api, region }: ObjectStore) {
  if (api !== "s3" || region === undefined) return {};
  return { env: [{ name: "AWS_DEFAULT_REGION", value: region }] };
}

/** The ScheduledBackup's spec: a starting point by the plugin, and none at once. */
export function archiveScheduleSpec(
  cluster: string,
  { schedule }: PostgresArchive,
  suspended: boolean,
) {
  return {
    // Theirs begins with the second.
    schedule: `0 ${schedule}`,
    cluster: { name: cluster },
    method: "plugin",
    pluginConfiguration: { name: ARCHIVE_PLUGIN },
    // Backup objects go with the schedule; what lies in the store does not.
    backupOwnerReference: "self",
    immediate: false,
    suspend: suspended,
  };
}
