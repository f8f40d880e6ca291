import type { Problem } from "../core/problem.ts";
import type { ConfigSource } from "./config-source.ts";
import type { FullManagedArgs, PostgresAccess } from "./postgres-args.ts";
import { checkSqlName } from "./postgres-server.ts";
import type { SecretEntries } from "./secret-entry.ts";

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
