import type * as pulumi from "@pulumi/pulumi";
import {
  Backup,
  backupConnections,
  backupSize,
  operatedServers,
  POSTGRES_PORTS,
  redisData,
  REDIS_PORTS,
  type BackupArgs,
  type BackupSource,
  type BackupStore,
  type Connection,
  type ConfigSource,
  type Part,
  type WorkloadSize,
} from "../../components/workloads/index.ts";
import type { NetworkPeer } from "../../components/core/cluster-handle.ts";
import type { KaizenStudioArgs } from "./args.ts";
import { isKept, type DataStores } from "./data-stores.ts";
import { BACKUPS, DATA_STORES, NAMES, place, type StoreName } from "./names.ts";
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

/** The pods that are the database, where it is in the cluster. */
export function databasePart({ postgres }: KaizenStudioSettings): Part {
  const component = DATA_STORES.postgres;
  return postgres.mode === "cnpg" ? operatedServers(component) : { part: component };
}

/** Where a data store answers: in the cluster, or a database of the cloud at its addresses. */
function placeOf(
  store: StoreName,
  settings: KaizenStudioSettings,
  databaseAddresses: readonly NetworkPeer[] | undefined,
) {
  if (store !== "postgres") return { part: DATA_STORES[store] };
  if (databaseAddresses !== undefined) return { addresses: databaseAddresses };
  return { part: databasePart(settings) };
}

/** What the pods of both backups have to reach. */
export function backupEdges({
  databaseAddresses,
  ...args
}: Destination & { readonly databaseAddresses: readonly NetworkPeer[] | undefined }): Connection[] {
  return (Object.keys(BACKUPS) as StoreName[]).flatMap((store) =>
    backupConnections({
      component: BACKUPS[store],
      source: { ...placeOf(store, args.settings, databaseAddresses), port: PORTS[store] },
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
  { secrets, postgres, databaseAddresses }: DataStores & { readonly secrets: ConfigSource },
  { parent, dependsOn }: { readonly parent: pulumi.Resource; readonly dependsOn: Dependencies },
): Readonly<Record<StoreName, Backup>> {
  const { host, port, database, user, password, env, mounts } = postgres.access;
  const create = (store: StoreName, source: BackupSource) =>
    new Backup(
      `${name}-${BACKUPS[store]}`,
      { ...backupArgs(store, args), source },
      { parent, dependsOn: dependsOn[store] },
    );
  return {
    postgres: create("postgres", {
      kind: "postgres",
      ...placeOf("postgres", args.settings, databaseAddresses),
      host,
      port,
      database,
      user,
      password,
      client: { env, mounts },
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
  const kept = isKept({ settings, guard });
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
    protectData: kept,
    retainOnDelete: kept,
    suspended: !runs,
    imagePullSecrets: settings.imagePullSecrets,
    imageMirrorPrefix: capabilities.imageMirrorPrefix,
    ...(backupIdentities === undefined ? {} : { workloadIdentity: backupIdentities[store] }),
  };
}
