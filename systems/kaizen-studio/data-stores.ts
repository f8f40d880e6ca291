import type { NetworkPeer } from "../../components/core/cluster-handle.ts";
import type { ManagedPostgres } from "../../components/core/managed-postgres.ts";
import {
  Postgres,
  POSTGRES_MAJOR,
  Redis,
  type ChildBearingOptions,
  type GeneratedSecrets,
} from "../../components/workloads/index.ts";
import type { KaizenStudioArgs } from "./args.ts";
import { DATA_STORES, DATABASE, NAMES, place } from "./names.ts";
import { operatedDatabase } from "./operated-database.ts";
import { podOverrides } from "./overrides.ts";

/** Whether data outlives what is done to the system. The word that gives it up lifts it (E-55). */
export function isKept({ settings, guard }: Pick<KaizenStudioArgs, "settings" | "guard">): boolean {
  return guard === "strict" && !settings.deleteData;
}

/** What both stores are given alike. */
function common({ settings, capabilities, guard }: KaizenStudioArgs) {
  const priorityClassName = capabilities.priorityClasses.data;
  return {
    ...place(settings),
    monitors: capabilities.monitors,
    imageMirrorPrefix: capabilities.imageMirrorPrefix,
    protectData: isKept({ settings, guard }),
    suspended: settings.state === "suspended",
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
  };
}

/** The data stores of the system, and where the database answers if that is outside of the cluster. */
export interface DataStores {
  readonly postgres: Postgres;
  readonly redis: Redis;
  readonly databaseAddresses?: readonly NetworkPeer[];
}

/** PostgreSQL and Redis, each with its volume and exporter (K-15, K-16). Suspended, they keep the volumes. */
export function createDataStores(
  name: string,
  args: KaizenStudioArgs,
  secrets: GeneratedSecrets,
  options: ChildBearingOptions,
): DataStores {
  const { settings } = args;
  const storageClass = args.storageClasses.fastSsd;
  const server = requestServer(`${name}-${DATA_STORES.postgres}`, args, secrets);
  const postgres = new Postgres(
    `${name}-${DATA_STORES.postgres}`,
    {
      ...common(args),
      ...podOverrides(settings, settings.postgres),
      component: DATA_STORES.postgres,
      database: DATABASE.name,
      ...(operatedDatabase(args, secrets) ??
        (server === undefined
          ? {
              mode: "statefulset",
              serviceName: NAMES.postgresService,
              user: DATABASE.user,
              password: { source: secrets.source, key: "postgres-password" },
              volume: { size: settings.postgres.storage, storageClass },
              resources: settings.postgres.resources,
            }
          : { mode: "managed", server, secretBackend: args.capabilities.secretBackend })),
    },
    options,
  );
  const redis = new Redis(
    `${name}-${DATA_STORES.redis}`,
    {
      ...common(args),
      ...podOverrides(settings, settings.redis),
      mode: "single",
      component: DATA_STORES.redis,
      serviceName: NAMES.redisService,
      password: { source: secrets.source, key: "redis-password" },
      volume: { size: settings.redis.storage, storageClass },
      resources: settings.redis.resources,
    },
    options,
  );
  return { postgres, redis, ...(server === undefined ? {} : { databaseAddresses: server.peers }) };
}

/** The cloud's server, where the stack wants one (E-53), with the password of the system's Secret. */
function requestServer(
  name: string,
  { settings, guard, managedPostgres }: KaizenStudioArgs,
  { values }: GeneratedSecrets,
): ManagedPostgres | undefined {
  const { mode, resources, storage } = settings.postgres;
  const adminPassword = values["postgres-password"];
  if (mode !== "managed" || managedPostgres === undefined || adminPassword === undefined) {
    return undefined;
  }
  return managedPostgres(name, {
    version: POSTGRES_MAJOR,
    size: resources.limits,
    storage,
    databases: [DATABASE.name],
    adminUser: DATABASE.user,
    adminPassword,
    highlyAvailable: guard === "strict",
    backupDays: Math.min(settings.backup.keepDays, 35),
    retain: isKept({ settings, guard }),
  });
}
