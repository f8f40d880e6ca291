import assert from "node:assert/strict";
import fs from "node:fs";
import { setTimeout } from "node:timers/promises";
import getPort from "get-port";
import {
  postgresFiles,
  postgresParameters,
  PREPARE_SCRIPT,
} from "../../components/workloads/postgres-files.ts";
import {
  REDIS_SECRETS_PATH,
  redisFiles,
  START_SCRIPT,
} from "../../components/workloads/redis-files.ts";
import { Bench, type Server } from "../support/backup-bench.ts";

const RESOURCES = {
  requests: { cpu: "100m", memory: "64Mi" },
  limits: { cpu: "500m", memory: "128Mi" },
};
/** Everything that a shell, SQL or a settings file might take for something else. */
const AWKWARD = `it's "quoted" \\ $HOME \`id\` %s; DROP TABLE x --`;

/** Asks again until it is answered, 10 seconds at most. */
async function answered(ask: () => Promise<string>): Promise<string> {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end) throw error;
      await setTimeout(50);
    }
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(`${folder}/${name}`, text);
}

describe("what runs before PostgreSQL starts, with a real server", function () {
  this.timeout(60_000);
  let bench: Bench;
  let data: string;
  let env: Record<string, string>;
  let port: string;

  before(async () => {
    bench = await Bench.make();
    data = bench.emptyFolder("data");
    port = String(await getPort({ host: "127.0.0.1" }));
    const given = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "" };
    const parameters = postgresParameters(RESOURCES, { ...given, log_statement: "all" });
    write(bench.path("files"), postgresFiles(parameters, ["pg_trgm", "uuid-ossp"]));
    write(bench.path("scripts"), { "prepare.sh": PREPARE_SCRIPT });
    env = {
      PGDATA: `${data}/pgdata`,
      PG_MAJOR: "15",
      POSTGRES_FILES: bench.path("files"),
      POSTGRES_USER: "kaizen_user",
      POSTGRES_PASSWORD: AWKWARD,
      POSTGRES_DB: "kaizen_studio",
    };
  });
  after(() => bench.remove());

  const start = (): Server => {
    const config = `config_file=${bench.path("files")}/postgresql.conf`;
    return bench.start("postgres", ["-D", `${data}/pgdata`, "-c", config]);
  };
  const ask = (password: string, command: string, database = "kaizen_studio") =>
    bench.client("psql", ["-XAtq", "-c", command], {
      PGHOST: "127.0.0.1",
      PGPORT: port,
      PGUSER: "kaizen_user",
      PGDATABASE: database,
      PGPASSWORD: password,
    });

  it("leaves an empty volume to the image", async () => {
    assert.deepEqual(await bench.script(["prepare"], env), {
      exitCode: 0,
      output: "No database yet: the server makes one.",
    });
  });

  it("lets a new password in, whatever is in it, and no log has it", async () => {
    fs.writeFileSync(bench.path("old"), "the-old-password", { mode: 0o644 });
    const how = [
      "--auth-host=scram-sha-256",
      "--auth-local=trust",
      "--no-sync",
      "--data-checksums",
    ];
    await bench.runAlone("initdb", [
      ...how,
      `--pgdata=${data}/pgdata`,
      "--username=kaizen_user",
      `--pwfile=${bench.path("old")}`,
    ]);
    const first = start();
    const create = "CREATE DATABASE kaizen_studio";
    await answered(() => ask("the-old-password", create, "postgres"));
    await first.stop();

    const run = await bench.script(["prepare"], env);
    assert.match(run.output, /Password and extensions are as the stack has them\.$/);
    assert.equal(run.exitCode, 0, run.output);
    const second = start();
    assert.equal(await answered(() => ask(AWKWARD, "SELECT 1")), "1");
    await assert.rejects(ask("the-old-password", "SELECT 1"), /password authentication failed/);
    const log = await second.stop();
    assert.ok(!(log + run.output).includes("quoted"), "the password is in a log");
  });

  it("makes extensions that were asked for later, and can run again", async () => {
    assert.equal((await bench.script(["prepare"], env)).exitCode, 0);
    const server = start();
    const names = "SELECT string_agg(extname, ',' ORDER BY extname) FROM pg_extension";
    assert.equal(await answered(() => ask(AWKWARD, names)), "pg_trgm,plpgsql,uuid-ossp");
    assert.equal(await ask(AWKWARD, "SHOW shared_buffers"), "16MB");
    await server.stop();
  });

  it("goes on after a server that was killed, whose lock names the first process", async () => {
    const lock = [`$$`, "$PGDATA", "1700000000", "5432", "", "127.0.0.1", "1 1"].join("\n");
    const killed = `cat >"$PGDATA/postmaster.pid" <<LOCK\n${lock}\nLOCK\n`;
    // What goes on is the same process, as the first one of a container always is.
    const script = `${killed}exec busybox sh "${bench.path("scripts", "prepare.sh")}"\n`;
    write(bench.path("scripts"), { "killed.sh": script });
    const run = await bench.script(["killed"], env);
    assert.equal(run.exitCode, 0, run.output);
  });

  it("ends with an error for a user that is not there, and for an extension that is not", async () => {
    const nobody = await bench.script(["prepare"], { ...env, POSTGRES_USER: "nobody" });
    assert.notEqual(nobody.exitCode, 0);
    assert.match(nobody.output, /role "nobody" does not exist/);
    assert.ok(!nobody.output.includes("quoted"), nobody.output);
    write(bench.path("bad"), {
      ...postgresFiles({}, ["no_such_extension"]),
    });
    const bad = await bench.script(["prepare"], { ...env, POSTGRES_FILES: bench.path("bad") });
    assert.notEqual(bad.exitCode, 0);
    assert.match(bad.output, /extension "no_such_extension" is not available/);
  });

  it("refuses a volume of another major version, with the way out", async () => {
    assert.deepEqual(await bench.script(["prepare"], { ...env, PG_MAJOR: "17" }), {
      exitCode: 1,
      output: [
        "The volume holds PostgreSQL 15 and the image is PostgreSQL 17.",
        "Go back to an image of 15, take a backup, and restore it into a new volume.",
      ].join("\n"),
    });
  });
});

describe("what starts Redis, with a real server", function () {
  this.timeout(30_000);
  let bench: Bench;

  before(async () => {
    bench = await Bench.make();
    // Once: a shell reads its script while it runs.
    write(bench.path("scripts"), { "start.sh": START_SCRIPT });
  });
  after(() => bench.remove());

  /** A server as its pod would start it, but for where its files are. */
  async function started(name: string, primary?: { readonly host: string; readonly port: number }) {
    const port = await getPort({ host: "127.0.0.1" });
    const [data, secrets] = [
      bench.emptyFolder(`${name}-data`),
      bench.emptyFolder(`${name}-secrets`),
    ];
    const settings = {
      maxMemory: "64Mi",
      maxMemoryPolicy: "volatile-lru",
      persistence: "aof",
    } as const;
    const files = redisFiles(settings, primary);
    const text = (files["redis.conf"] ?? "")
      .replace("bind * -::*", "bind 127.0.0.1")
      .replace("port 6379", `port ${port}`)
      .replace("dir /data", `dir ${data}`)
      .replace(REDIS_SECRETS_PATH, secrets);
    write(bench.path(name), { "redis.conf": text });
    const ended = bench.script(["start"], {
      REDIS_FILES: bench.path(name),
      REDIS_SECRETS: secrets,
      REDISCLI_AUTH: AWKWARD,
    });
    const ask = (password: string, ...command: string[]) =>
      bench.client("redis-cli", ["-h", "127.0.0.1", "-p", String(port), "-e", ...command], {
        REDISCLI_AUTH: password,
      });
    const stop = async () => {
      await answered(() => ask(AWKWARD, "ping"));
      // Without force, a server that has just copied its data refuses until it has written its log.
      await ask(AWKWARD, "shutdown", "nosave", "force").catch(() => undefined);
      assert.equal((await ended).exitCode, 0);
    };
    return { port, secrets, ask, stop };
  }

  it("has the password, whatever is in it, and nobody sees it among the processes", async () => {
    const { secrets, ask, stop } = await started("redis");
    try {
      assert.equal(await answered(() => ask(AWKWARD, "ping")), "PONG");
      await assert.rejects(ask("wrong", "ping"), /NOAUTH|WRONGPASS/);
      assert.equal(await ask(AWKWARD, "config", "get", "maxmemory"), "maxmemory\n67108864");
      assert.equal(await ask(AWKWARD, "config", "get", "appendonly"), "appendonly\nyes");
      const info = await ask(AWKWARD, "info", "server");
      const pid = /process_id:(\d+)/.exec(info)?.[1] ?? assert.fail(info);
      assert.ok(!fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("quoted"));
      assert.equal(fs.statSync(`${secrets}/auth.conf`).mode & 0o777, 0o600);
    } finally {
      await stop();
    }
  });

  it("as a replica, copies what the primary has, takes no writes, and answers without it", async () => {
    const primary = await started("primary");
    const replica = await started("replica", { host: "127.0.0.1", port: primary.port });
    const follows = async () => {
      const info = await replica.ask(AWKWARD, "info", "replication");
      // What the startup probe looks for.
      assert.match(info, /^master_link_status:up\r?$/m);
    };
    try {
      await answered(() => primary.ask(AWKWARD, "set", "session", "of a user"));
      await answered(async () => {
        await follows();
        return "";
      });
      await answered(async () => {
        const copied = await replica.ask(AWKWARD, "get", "session");
        assert.equal(copied, "of a user");
        return copied;
      });
      await assert.rejects(replica.ask(AWKWARD, "set", "session", "another"), /READONLY/);
      await primary.stop();
      assert.equal(await replica.ask(AWKWARD, "get", "session"), "of a user");
      assert.equal(await replica.ask(AWKWARD, "ping"), "PONG");
      await assert.rejects(follows());
    } finally {
      await replica.stop();
    }
  });
});
