import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { checkImage, mirroredImage } from "../core/image.ts";
import { refuse } from "../core/invalid-args.ts";
import type { Problem } from "../core/problem.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { createFiles } from "./config-files.ts";
import type { ConfigSource } from "./config-source.ts";
import {
  checkPassword,
  EXPORTER_RESOURCES,
  podOptionsOf,
  type DataStoreArgs,
} from "./data-store.ts";
import { plainArgs } from "../core/plain-args.ts";
import type { ContainerArgs } from "./container.ts";
import {
  checkPostgresParameters,
  POSTGRES_FILES_PATH,
  postgresFiles,
  postgresParameters,
} from "./postgres-files.ts";
import { StatefulService, type StatefulServiceArgs } from "./stateful-service.ts";
import { STORE_IMAGES } from "./store-images.ts";

export interface PostgresArgs extends DataStoreArgs {
  /** Who runs the server: a StatefulSet of ours. Operators and clouds are further modes. */
  readonly mode: "statefulset";
  /** The part of the system, and the StatefulSet's name; the pod is `<component>-0` (K-15). @default "postgres" */
  readonly component?: string;
  /** The name under which others call it (E-33). Changing it breaks their URLs. @default "postgres-service" */
  readonly serviceName?: string;
  /**
   * Official image on Alpine, of any version; another major version needs a restore into a new volume
   * and says so at its start. Not mirrored where it is given. @default STORE_IMAGES.postgres
   */
  readonly image?: string;
  /** Made with the volume (K-15). Changing it later makes no other. */
  readonly database: string;
  /** The owner, made with the volume (K-15). Changing it later makes no other. */
  readonly user: string;
  /** Made in the database at the next start; taking one away leaves it there. @default none */
  readonly extensions?: readonly string[];
  /** Servers; one in mode statefulset. @default 1 */
  readonly replicas?: number;
  /** Settings of the server by name, over those made from the memory it has. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
}

export const POSTGRES_DEFAULTS = {
  component: "postgres",
  serviceName: "postgres-service",
  extensions: [],
  replicas: 1,
  parameters: {},
} as const satisfies Partial<PostgresArgs>;

type FullArgs = PostgresArgs & Required<Pick<PostgresArgs, keyof typeof POSTGRES_DEFAULTS>>;

/** Ports of the pod and of the Service (E-33, D-59). */
export const POSTGRES_PORTS = { postgres: 5432, metrics: 9187 } as const;

/** The user of the official image on Alpine. */
const POSTGRES_USER_ID = 70;

/**
 * One PostgreSQL server with its volume, an exporter and a Service (K-15, D-59). Password and extensions
 * follow the stack at every start. Who may call it is said in Connections.
 */
export class Postgres extends pulumi.ComponentResource {
  /** Where it answers inside the namespace. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
  };

  constructor(name: string, args: PostgresArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Postgres", name, plainArgs(args), opts);
    const full: FullArgs = withDefaults(POSTGRES_DEFAULTS, args);
    refuse(checkPostgres(full), this);
    const files = createFiles(
      name,
      full,
      `${full.component}-files`,
      postgresFiles(postgresParameters(full.resources, full.parameters), full.extensions),
      childOptions(this, opts),
    );
    new StatefulService(`${name}-server`, postgresService(full, files), {
      parent: this,
      dependsOn: opts?.dependsOn ?? [],
    });
    this.connection = {
      host: full.serviceName,
      port: POSTGRES_PORTS.postgres,
      database: full.database,
      user: full.user,
    };
    this.registerOutputs(this.connection);
  }
}

/** Everything wrong with the arguments that their types cannot say; the server's block checks the rest. */
export function checkPostgres(args: FullArgs): Problem[] {
  const named = (name: string, path: string): Problem[] => {
    if (/^[a-z_][a-z0-9_]{0,62}$/.test(name)) return [];
    const expected = "a name of small letters, digits and underscores";
    const remedy = "Other names would have to be quoted wherever they are used.";
    return [{ path, got: JSON.stringify(name), expected, remedy }];
  };
  const one: Problem = {
    path: "replicas",
    got: String(args.replicas),
    expected: "1, because mode is statefulset",
    remedy: "Leave it out: a second server of this mode would not follow the first.",
  };
  return [
    ...(args.image === undefined ? [] : checkImage(args.image, "relaxed", "image")),
    ...named(args.database, "database"),
    ...named(args.user, "user"),
    ...args.extensions.flatMap((extension, index): Problem[] => {
      if (/^[a-z][a-z0-9_-]*$/.test(extension)) return [];
      const expected = "the name of an extension";
      const remedy = "See the view pg_available_extensions for those that the image has.";
      return [{ path: `extensions[${index}]`, got: JSON.stringify(extension), expected, remedy }];
    }),
    ...checkPostgresParameters(args.parameters, "parameters"),
    ...(args.replicas === 1 ? [] : [one]),
    ...checkPassword(args.password),
  ];
}

/** The server as a StatefulService. */
export function postgresService(args: FullArgs, files: ConfigSource): StatefulServiceArgs {
  const image = args.image ?? mirroredImage(STORE_IMAGES.postgres, args.imageMirrorPrefix);
  const env = {
    // A folder of its own: the root of a volume may hold what the file system put there.
    PGDATA: "/var/lib/postgresql/data/pgdata",
    POSTGRES_DB: args.database,
    POSTGRES_USER: args.user,
    POSTGRES_PASSWORD: args.password,
  };
  const data = { path: "/var/lib/postgresql/data", from: { claimTemplate: "data" } };
  const settings = { path: POSTGRES_FILES_PATH, from: { source: files } };
  const writablePaths = ["/var/run/postgresql"];
  const prepare: ContainerArgs = {
    name: "prepare",
    image,
    command: ["sh", `${POSTGRES_FILES_PATH}/prepare.sh`],
    resources: args.resources,
    env,
    writablePaths,
    mounts: [data, settings],
  };
  return {
    ...podOptionsOf(args),
    component: args.component,
    image,
    resources: args.resources,
    args: ["postgres", "-c", `config_file=${POSTGRES_FILES_PATH}/postgresql.conf`],
    env: { ...env, POSTGRES_INITDB_ARGS: "--data-checksums --auth-host=scram-sha-256" },
    ports: { postgres: POSTGRES_PORTS.postgres },
    sidecarPorts: { metrics: POSTGRES_PORTS.metrics },
    serviceName: args.serviceName,
    // By address: while the image makes the database, the server answers on its socket alone.
    health: { exec: ["pg_isready", "-h", "127.0.0.1", "-U", args.user, "-d", args.database] },
    // After a crash it reads its log again before it answers, and to kill it then starts that anew.
    startSeconds: 1800,
    volumes: { data: { ...args.volume, path: data.path } },
    mounts: [
      settings,
      { ...settings, path: "/docker-entrypoint-initdb.d/extensions.sql", key: "extensions.sql" },
      // Parallel queries share memory there; the runtime's own 64 MiB are soon full.
      { path: "/dev/shm", from: { memory: "256Mi", volume: "shm" } },
    ],
    writablePaths,
    userId: POSTGRES_USER_ID,
    terminationGracePeriodSeconds: 120,
    initContainers: [prepare],
    sidecars: [exporter(args)],
    metrics: { port: "metrics", path: "/metrics", monitors: args.monitors },
  };
}

function exporter(args: FullArgs): ContainerArgs {
  return {
    name: "exporter",
    image: mirroredImage(STORE_IMAGES.postgresExporter, args.imageMirrorPrefix),
    resources: EXPORTER_RESOURCES,
    ports: { metrics: POSTGRES_PORTS.metrics },
    env: {
      DATA_SOURCE_URI: `127.0.0.1:${POSTGRES_PORTS.postgres}/${args.database}?sslmode=disable`,
      DATA_SOURCE_USER: args.user,
      DATA_SOURCE_PASS: args.password,
    },
  };
}
