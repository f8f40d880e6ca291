import type * as pulumi from "@pulumi/pulumi";
import {
  Backup,
  backupConnections,
  backupSize,
  POSTGRES_PORTS,
  redisData,
  REDIS_PORTS,
  type BackupArgs,
  type BackupSource,
  type BackupStore,
  type Connection,
  type ConfigSource,
  type WorkloadSize,
} from "../../components/workloads/index.ts";
import type { KaizenStudioArgs } from "./args.ts";
import { BACKUPS, DATA_STORES, DATABASE, NAMES, place, type StoreName } from "./names.ts";
import type { KaizenStudioSettings } from "./settings.ts";

const PORTS = { postgres: POSTGRES_PORTS.postgres, redis: REDIS_PORTS.redis } as const;

type Destination = Pick<KaizenStudioArgs, "settings" | "capabilities">;

/** The platform's object store, where there is one (D-91): each environment and store has a folder. */
function storeOf(store: StoreName, { settings, capabilities }: Destination) {
  const { backupDestination: objectStore, backupPeers: peers = [] } = capabilities;
  if (objectStore === undefined) return {};
  const folder = `${settings.namespace}/${store}`;
  return { store: { objectStore, folder, peers } satisfies BackupStore };
}

/** What the pods of both backups have to reach. */
export function backupEdges(args: Destination): Connection[] {
  return (Object.keys(BACKUPS) as StoreName[]).flatMap((store) =>
    backupConnections({
      component: BACKUPS[store],
      source: { part: DATA_STORES[store], port: PORTS[store] },
      ...storeOf(store, args),
    }),
  );
}

/** What both ask of the namespace's quota. The class of a volume decides nothing here. */
export function backupSizes(settings: KaizenStudioSettings): WorkloadSize[] {
  return (Object.keys(BACKUPS) as StoreName[]).map((store) =>
    backupSize({ volume: { size: settings[store].backupStorage, storageClass: "" } }),
  );
}

/**
 * Backs both data stores up every night and restores what the stack file asks for (K-33). Without an
 * object store a volume keeps them; with one it keeps the last, and the store as many days as wanted.
 */
export function createBackups(
  name: string,
  args: KaizenStudioArgs,
  secrets: ConfigSource,
  { parent, dependsOn }: { readonly parent: pulumi.Resource; readonly dependsOn: Dependencies },
): Readonly<Record<StoreName, Backup>> {
  const create = (store: StoreName, source: BackupSource) =>
    new Backup(
      `${name}-${BACKUPS[store]}`,
      { ...backupArgs(store, args), source },
      { parent, dependsOn: dependsOn[store] },
    );
  return {
    postgres: create("postgres", {
      kind: "postgres",
      part: DATA_STORES.postgres,
      host: NAMES.postgresService,
      port: PORTS.postgres,
      database: DATABASE.name,
      user: DATABASE.user,
      password: { source: secrets, key: "postgres-password" },
    }),
    redis: create("redis", {
      kind: "redis",
      part: DATA_STORES.redis,
      host: NAMES.redisService,
      port: PORTS.redis,
      password: { source: secrets, key: "redis-password" },
      ...redisData({ component: DATA_STORES.redis }),
    }),
  };
}

type Dependencies = Readonly<Record<StoreName, pulumi.Resource[]>>;

function backupArgs(store: StoreName, args: KaizenStudioArgs): Omit<BackupArgs, "source"> {
  const { settings, capabilities, guard, storageClasses, backupIdentities } = args;
  const { schedule, keepDays, keepOnVolume } = settings.backup;
  const { backupStorage, restore } = settings[store];
  const shipped = storeOf(store, args);
  const runs = settings.state === "running";
  // The word that gives the data up lifts both (E-55).
  const isKept = guard === "strict" && !settings.deleteData;
  return {
    ...place(settings),
    component: BACKUPS[store],
    volume: { size: backupStorage, storageClass: storageClasses.standard },
    ...shipped,
    schedule,
    // In a store there is room for one of every night and for those that people make.
    keep: shipped.store === undefined ? keepOnVolume : keepDays + keepOnVolume,
    keepDays,
    ...(runs && restore !== undefined ? { restore } : {}),
    protectData: isKept,
    retainOnDelete: isKept,
    suspended: !runs,
    imagePullSecrets: settings.imagePullSecrets,
    imageMirrorPrefix: capabilities.imageMirrorPrefix,
    ...(backupIdentities === undefined ? {} : { workloadIdentity: backupIdentities[store] }),
  };
}
