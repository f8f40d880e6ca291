import { checkImage, mirroredImage } from "../core/image.ts";
import type { Problem } from "../core/problem.ts";
import type { ConfigSource } from "./config-source.ts";
import type { ContainerArgs } from "./container.ts";
import { checkPassword, EXPORTER_RESOURCES, podOptionsOf } from "./data-store.ts";
import { POSTGRES_PORTS, type FullStatefulArgs } from "./postgres-args.ts";
import { checkPostgresParameters, POSTGRES_FILES_PATH } from "./postgres-files.ts";
import type { StatefulServiceArgs } from "./stateful-service.ts";
import { PUBLIC_IMAGES } from "./public-images.ts";

/** The user of the official image on Alpine. */
const POSTGRES_USER_ID = 70;

/** Everything wrong with the arguments that their types cannot say; the server's block checks the rest. */
export function checkPostgresServer(args: FullStatefulArgs): Problem[] {
  const one: Problem = {
    path: "replicas",
    got: String(args.replicas),
    expected: "1, because mode is statefulset",
    remedy: "Leave it out: a second server of this mode would not follow the first.",
  };
  return [
    ...(args.image === undefined ? [] : checkImage(args.image, "relaxed", "image")),
    ...checkSqlName(args.database, "database"),
    ...checkSqlName(args.user, "user"),
    ...checkExtensions(args.extensions),
    ...checkPostgresParameters(args.parameters, "parameters"),
    ...(args.replicas === 1 ? [] : [one]),
    ...checkPassword(args.password),
  ];
}

/** Problems of the names of extensions. */
export function checkExtensions(extensions: readonly string[]): Problem[] {
  return extensions.flatMap((extension, index): Problem[] => {
    if (/^[a-z][a-z0-9_-]*$/.test(extension)) return [];
    const expected = "the name of an extension";
    const remedy = "See the view pg_available_extensions for those that the image has.";
    return [{ path: `extensions[${index}]`, got: JSON.stringify(extension), expected, remedy }];
  });
}

/** Problems of the name of a database or a user. */
export function checkSqlName(name: string, path: string): Problem[] {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name)) return [];
  const expected = "a name of small letters, digits and underscores";
  const remedy = "Other names would have to be quoted wherever they are used.";
  return [{ path, got: JSON.stringify(name), expected, remedy }];
}

/** The server as a StatefulService. */
export function postgresService(args: FullStatefulArgs, files: ConfigSource): StatefulServiceArgs {
  const image = args.image ?? mirroredImage(PUBLIC_IMAGES.postgres, args.imageMirrorPrefix);
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

function exporter(args: FullStatefulArgs): ContainerArgs {
  return {
    name: "exporter",
    image: mirroredImage(PUBLIC_IMAGES.postgresExporter, args.imageMirrorPrefix),
    resources: EXPORTER_RESOURCES,
    ports: { metrics: POSTGRES_PORTS.metrics },
    env: {
      DATA_SOURCE_URI: `127.0.0.1:${POSTGRES_PORTS.postgres}/${args.database}?sslmode=disable`,
      DATA_SOURCE_USER: args.user,
      DATA_SOURCE_PASS: args.password,
    },
  };
}
