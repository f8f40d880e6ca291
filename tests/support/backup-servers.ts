import fs from "node:fs";
import { setTimeout } from "node:timers/promises";
import getPort from "get-port";
import type { Bench, Server } from "./backup-bench.ts";

/** Asks until `ready` answers without failing, 20 seconds at most. */
async function until(server: Server, ready: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await ready();
      return;
    } catch (error) {
      if (server.hasEnded()) throw new Error(`The server ended: ${await server.stop()}`);
      if (Date.now() > deadline) throw error;
      await setTimeout(50);
    }
  }
}

/** Environment of a client of the PostgreSQL that {@link startPostgres} starts. */
export type PostgresEnv = Readonly<
  Record<"PGHOST" | "PGPORT" | "PGUSER" | "PGDATABASE" | "PGPASSWORD", string>
>;

/** A PostgreSQL on loopback with one database of the user, as the official image makes them. */
export async function startPostgres(bench: Bench): Promise<PostgresEnv> {
  const data = bench.emptyFolder("postgres");
  const passwordFile = bench.path("postgres-password");
  fs.writeFileSync(passwordFile, KNOWN_PASSWORD, { mode: 0o644 });
  const how = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  await bench.runAlone("initdb", [
    ...how,
    `--pgdata=${data}`,
    "--username=kaizen_user",
    `--pwfile=${passwordFile}`,
  ]);
  const port = await getPort({ host: "127.0.0.1" });
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "fsync=off",
  ];
  const options = settings.flatMap((setting) => ["-c", setting]);
  const server = bench.start("postgres", ["-D", data, ...options]);
  const env = {
    PGHOST: "127.0.0.1",
    PGPORT: String(port),
    PGUSER: "kaizen_user",
    PGDATABASE: "kaizen_studio",
    PGPASSWORD: KNOWN_PASSWORD,
  };
  const create = ["-X", "-c", "CREATE DATABASE kaizen_studio"];
  await until(server, () => bench.client("pg_isready", [], env));
  await bench.client("psql", create, { ...env, PGDATABASE: "postgres" });
  return env;
}

/** What clients of the servers must know, and no output may show. */
export const KNOWN_PASSWORD = "correct-horse-battery-staple";

export interface RunningRedis {
  readonly port: number;
  readonly stop: () => Promise<unknown>;
  /** Runs one command and gives the answer. */
  readonly ask: (...command: readonly string[]) => Promise<string>;
}

/** A Redis on loopback, on the data in the folder; `port` to start it again in its place. */
export async function startRedis(
  bench: Bench,
  data: string,
  options: { readonly appendOnly: boolean; readonly port?: number },
): Promise<RunningRedis> {
  const port = options.port ?? (await getPort({ host: "127.0.0.1" }));
  const settings = {
    bind: "127.0.0.1",
    port: String(port),
    dir: data,
    requirepass: KNOWN_PASSWORD,
    appendonly: options.appendOnly ? "yes" : "no",
    save: "",
    "repl-diskless-sync-delay": "0",
    "enable-debug-command": "yes",
  };
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
  const server = bench.start("redis-server", args);
  const ask = (...command: readonly string[]) =>
    bench.client("redis-cli", ["-h", "127.0.0.1", "-p", String(port), "-e", ...command], {
      REDISCLI_AUTH: KNOWN_PASSWORD,
    });
  await until(server, () => ask("ping"));
  return { port, ask, stop: server.stop };
}
