import type * as pulumi from "@pulumi/pulumi";
import {
  Migration,
  migrationImage,
  serverImage,
  WebService,
  type ChildBearingOptions,
  type ConfigSource,
  type PostgresAccess,
} from "../../components/workloads/index.ts";
import type { KaizenStudioArgs } from "./args.ts";
import { backendEnv } from "./environment.ts";
import { CONTAINER_PORTS, NAMES, place, SERVICE_PORTS } from "./names.ts";
import { podOverrides } from "./overrides.ts";

/** What the pods of backend and migration read. */
export interface BackendSources {
  readonly config: ConfigSource;
  readonly secrets: ConfigSource;
  readonly database: PostgresAccess;
}

function environment({ settings }: KaizenStudioArgs, sources: BackendSources) {
  const { config, secrets, database } = sources;
  return {
    envFrom: [config],
    env: backendEnv(settings, secrets, database),
    mounts: database.mounts,
  };
}

/** Brings the database to what the backend's image expects, before its pods start (K-34, D-62). */
export function createMigration(
  name: string,
  args: KaizenStudioArgs,
  sources: BackendSources,
  options: ChildBearingOptions,
): pulumi.Resource {
  const { settings, capabilities } = args;
  const command = ["alembic", "upgrade", "head"];
  return new Migration(
    `${name}-${NAMES.migration}`,
    {
      ...place(settings),
      component: NAMES.migration,
      ...migrationImage(settings.backend.image, command, capabilities.imageMirrorPrefix),
      resources: settings.backend.resources,
      ...environment(args, sources),
      imagePullSecrets: settings.imagePullSecrets,
    },
    options,
  );
}

/** The API, as many pods as its load asks for (K-12, K-24). */
export function createBackend(
  name: string,
  args: KaizenStudioArgs,
  sources: BackendSources,
  after: readonly pulumi.Resource[],
  options: ChildBearingOptions,
): void {
  const { settings, capabilities } = args;
  const { image, resources, hpa } = settings.backend;
  new WebService(
    `${name}-${NAMES.backend}`,
    {
      ...place(settings),
      component: NAMES.backend,
      ...serverImage(image, CONTAINER_PORTS.backend, capabilities.imageMirrorPrefix),
      resources,
      port: CONTAINER_PORTS.backend,
      service: { name: NAMES.backendService, port: SERVICE_PORTS.backend },
      healthPath: "/health",
      scale: { autoscaling: hpa },
      minAvailable: 2,
      ...environment(args, sources),
      ...podOverrides(settings, settings.backend),
      after,
      metrics: { path: "/metrics", monitors: capabilities.monitors },
    },
    options,
  );
}
