import { mirroredImage } from "../core/image.ts";
import type { Problem } from "../core/problem.ts";
import type { ConfigSource } from "./config-source.ts";
import { EXPORTER_RESOURCES } from "./data-store.ts";
import type { WorkloadSize } from "./namespace-quota.ts";
import { POSTGRES_PORTS, type FullManagedArgs, type PostgresAccess } from "./postgres-args.ts";
import { checkSqlName } from "./postgres-server.ts";
import type { SecretEntries } from "./secret-entry.ts";
import { PUBLIC_IMAGES } from "./public-images.ts";
import type { WebServiceArgs } from "./web-service.ts";

/** Where pods see the certificate of whoever signed the server's. */
const CA = { key: "ca.crt", path: "/etc/postgres-ca/ca.crt" } as const;

/** Everything wrong with the arguments that their types cannot say. */
export function checkManagedPostgres({ database, server }: FullManagedArgs): Problem[] {
  const unreachable: Problem = {
    path: "server.peers",
    got: "[]",
    expected: "at least one address range",
    remedy: "Name where the server answers: the namespace lets nothing out to anywhere else.",
  };
  return [...checkSqlName(database, "database"), ...(server.peers.length > 0 ? [] : [unreachable])];
}

/**
 * The keys of the connection's Secret. Names and addresses are no secrets, but known only when the server
 * is there, and a URL needs the password beside them.
 */
export function connectionEntries({ server, database }: FullManagedArgs): SecretEntries {
  const query = `?sslmode=${sslMode(server)}`;
  return {
    host: { from: "value", value: server.host },
    port: { from: "value", value: String(server.port) },
    database: { from: "value", value: database },
    user: { from: "value", value: server.adminUser },
    password: { from: "value", value: server.adminPassword },
    url: {
      from: "url",
      template: `postgresql://{user}:{password}@{host}:{port}/{database}${query}`,
    },
    "exporter-uri": { from: "url", template: `{host}:{port}/{database}${query}` },
    ...(server.caCertificate === undefined
      ? {}
      : { [CA.key]: { from: "value", value: server.caCertificate } as const }),
  };
}

/**
 * Whom a client believes. The name in a cloud's certificate is seldom the address by which the server is
 * reached, so it is its authority that is checked.
 */
function sslMode({ caCertificate }: FullManagedArgs["server"]): "verify-ca" | "require" {
  return caCertificate === undefined ? "require" : "verify-ca";
}

/** What clients are given, from the connection's Secret. */
export function managedAccess(
  { server, database }: FullManagedArgs,
  source: ConfigSource,
): PostgresAccess {
  const isSigned = server.caCertificate !== undefined;
  return {
    host: { source, key: "host" },
    port: server.port,
    database,
    user: server.adminUser,
    password: { source, key: "password" },
    url: { source, key: "url" },
    env: { PGSSLMODE: sslMode(server), ...(isSigned ? { PGSSLROOTCERT: CA.path } : {}) },
    mounts: isSigned ? [{ path: CA.path, from: { source }, key: CA.key }] : [],
  };
}

/** The exporter, under the component of the server: alerts and dashboard see no difference. */
export function managedExporter(
  args: FullManagedArgs,
  source: ConfigSource,
  { env, mounts, user, password }: PostgresAccess,
): WebServiceArgs {
  const { namespace, system, component, monitors, imageMirrorPrefix } = args;
  const { imagePullSecrets, priorityClassName, restartedAt, suspended = false } = args;
  return {
    namespace,
    system,
    component,
    image: mirroredImage(PUBLIC_IMAGES.postgresExporter, imageMirrorPrefix),
    resources: EXPORTER_RESOURCES,
    port: POSTGRES_PORTS.metrics,
    service: { name: `${component}-exporter`, port: POSTGRES_PORTS.metrics },
    healthPath: "/",
    scale: { replicas: 1 },
    env: {
      DATA_SOURCE_URI: { source, key: "exporter-uri" },
      DATA_SOURCE_USER: user,
      DATA_SOURCE_PASS: password,
      ...env,
    },
    mounts,
    metrics: { path: "/metrics", monitors },
    suspended,
    ...(imagePullSecrets === undefined ? {} : { imagePullSecrets }),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(restartedAt === undefined ? {} : { restartedAt }),
  };
}

/** What mode managed asks of the namespace's quota. */
export const MANAGED_POSTGRES_SIZE: WorkloadSize = {
  resources: EXPORTER_RESOURCES,
  maxReplicas: 1,
};
