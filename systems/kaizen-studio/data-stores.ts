import type * as pulumi from "@pulumi/pulumi";
import {
  Migration,
  Postgres,
  Redis,
  type ChildBearingOptions,
  type ConfigSource,
} from "../../components/workloads/index.ts";
import { backendEnv } from "./environment.ts";
import type { KaizenStudioArgs } from "./args.ts";
import { DATA_STORES, DATABASE, NAMES, place } from "./names.ts";
import { podOverrides } from "./overrides.ts";

/** What both stores are given alike. */
function common({ settings, capabilities, guard }: KaizenStudioArgs) {
  const priorityClassName = capabilities.priorityClasses.data;
  return {
    ...place(settings),
    monitors: capabilities.monitors,
    imageMirrorPrefix: capabilities.imageMirrorPrefix,
    // The word that gives the data up lifts it (E-55).
    protectData: guard === "strict" && !settings.deleteData,
    suspended: settings.state === "suspended",
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
  };
}

/** PostgreSQL and Redis, each with its volume and exporter (K-15, K-16). Suspended, they keep the volumes. */
export function createDataStores(
  name: string,
  args: KaizenStudioArgs,
  secrets: ConfigSource,
  options: ChildBearingOptions,
): { readonly postgres: Postgres; readonly redis: Redis } {
  const { settings } = args;
  const storageClass = args.storageClasses.fastSsd;
  const postgres = new Postgres(
    `${name}-${DATA_STORES.postgres}`,
    {
      ...common(args),
      ...podOverrides(settings, settings.postgres),
      mode: "statefulset",
      component: DATA_STORES.postgres,
      serviceName: NAMES.postgresService,
      database: DATABASE.name,
      user: DATABASE.user,
      password: { source: secrets, key: "postgres-password" },
      volume: { size: settings.postgres.storage, storageClass },
      resources: settings.postgres.resources,
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
      password: { source: secrets, key: "redis-password" },
      volume: { size: settings.redis.storage, storageClass },
      resources: settings.redis.resources,
    },
    options,
  );
  return { postgres, redis };
}

/** Brings the database to what the backend's image expects, before its pods start (K-34, D-62). */
export function createMigration(
  name: string,
  { settings }: KaizenStudioArgs,
  sources: { readonly config: ConfigSource; readonly secrets: ConfigSource },
  options: ChildBearingOptions,
): pulumi.Resource {
  const { imagePullSecrets } = settings;
  return new Migration(
    `${name}-${NAMES.migration}`,
    {
      ...place(settings),
      component: NAMES.migration,
      image: settings.backend.image,
      command: ["alembic", "upgrade", "head"],
      resources: settings.backend.resources,
      envFrom: [sources.config],
      env: backendEnv(settings, sources.secrets),
      imagePullSecrets,
    },
    options,
  );
}
