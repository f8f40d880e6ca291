import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Bench, type ScriptRun } from "../support/backup-bench.ts";
import { KNOWN_PASSWORD, startPostgres, type PostgresEnv } from "../support/backup-servers.ts";

const SCHEMA = `
  CREATE EXTENSION pg_trgm;
  CREATE TABLE agent (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
  CREATE TABLE run (id int REFERENCES agent, note text);
  CREATE VIEW busy AS SELECT name FROM agent JOIN run USING (id);
  INSERT INTO agent (name) SELECT 'agent ' || n FROM generate_series(1, 500) n;
  INSERT INTO run SELECT n, repeat(md5(n::text), 20) FROM generate_series(1, 500) n;
  SELECT lo_from_bytea(4711, 'large object');`;

describe("backup and restore of PostgreSQL, by the scripts and a real server", function () {
  this.timeout(60_000);
  let bench: Bench;
  let server: PostgresEnv;
  let backups: string;

  before(async () => {
    bench = await Bench.make();
    server = await startPostgres(bench);
    await sql(SCHEMA);
  });
  after(async () => {
    await bench.remove();
  });
  beforeEach(() => {
    backups = bench.emptyFolder("backups");
  });

  const sql = (...commands: string[]) =>
    bench.client(
      "psql",
      ["-XAtq", "-v", "ON_ERROR_STOP=1", ...commands.flatMap((text) => ["-c", text])],
      server,
    );
  const env = () => ({
    ...server,
    BACKUP_DIR: backups,
    BACKUP_NAME: "kaizen-studio",
    MIN_FREE_MIB: "1",
  });
  const backup = (more: Record<string, string> = {}, options = {}) =>
    bench.script(["backup-postgres"], { ...env(), ...more }, options);
  const restore = (file: string, more: Record<string, string> = {}) =>
    bench.script(["restore-postgres", file], { ...env(), ...more });
  /** Everything in the folder but the lock. */
  const files = () => fs.readdirSync(backups).filter((name) => !name.endsWith(".lock"));
  const place = (name: string, content: string | Buffer) => {
    fs.writeFileSync(path.join(backups, name), content);
  };
  const onlyBackup = () => {
    const [name, ...others] = files();
    assert.deepEqual(others, []);
    return name ?? assert.fail("there is no backup");
  };
  const succeeds = async (run: Promise<ScriptRun>) => {
    const { exitCode, output } = await run;
    assert.equal(exitCode, 0, output);
    assert.ok(!output.includes(KNOWN_PASSWORD));
    return output;
  };
  const fails = async (run: Promise<ScriptRun>, message: RegExp) => {
    const { exitCode, output } = await run;
    assert.equal(exitCode, 1, output);
    assert.match(output, message);
    assert.ok(!output.includes(KNOWN_PASSWORD));
  };
  /** The whole database as text, without what pg_dump makes up anew for each dump. */
  const contents = async () => {
    const dump = await bench.client("pg_dump", [], server);
    return dump.replace(/^\\(un)?restrict .*$/gm, "");
  };

  it("brings back what was lost, and takes away what is newer than the backup", async () => {
    const before = await contents();
    assert.match(
      await succeeds(backup()),
      /^backup-postgres: wrote kaizen-studio-\d{8}T\d{6}Z\.dump, \d+ bytes$/m,
    );
    await sql(
      "DROP VIEW busy",
      "DELETE FROM run",
      "DROP EXTENSION pg_trgm",
      "UPDATE agent SET name = 'changed ' || id",
      "SELECT lo_unlink(4711)",
      // As a migration of a later version would: the old table cannot be dropped without the new one.
      "CREATE TABLE later (agent int REFERENCES agent)",
      "CREATE SCHEMA newer CREATE TABLE thing (id int)",
    );
    const name = onlyBackup();
    const output = await succeeds(restore("latest"));
    assert.match(output, new RegExp(`^restore-postgres: the newest backup is ${name}$`, "m"));
    assert.match(
      output,
      new RegExp(`^restore-postgres: restored kaizen_studio from ${name}$`, "m"),
    );
    assert.equal(await contents(), before);
  });

  it("restores plain dumps, compressed or not, with psql (D-58)", async () => {
    const before = await contents();
    place("by-hand.sql", `${await bench.client("pg_dump", [], server)}\n`);
    await sql("DROP TABLE run CASCADE");
    await succeeds(restore("by-hand.sql"));
    assert.equal(await contents(), before);
    const zlib = await import("node:zlib");
    place("packed.sql.gz", zlib.gzipSync(fs.readFileSync(path.join(backups, "by-hand.sql"))));
    await sql("DROP TABLE run CASCADE");
    await succeeds(restore("packed.sql.gz"));
    assert.equal(await contents(), before);
  });

  it("restores into a database that is new and empty", async () => {
    const before = await contents();
    await succeeds(backup());
    await sql("CREATE DATABASE fresh");
    await succeeds(restore("latest", { PGDATABASE: "fresh" }));
    const dump = await bench.client("pg_dump", ["fresh"], server);
    assert.equal(dump.replace(/^\\(un)?restrict .*$/gm, ""), before);
    await sql("DROP DATABASE fresh");
  });

  it("carries a request out once, however often the Job starts", async () => {
    await succeeds(backup());
    const request = { RESTORE_ID: "2026-03-01" };
    await succeeds(restore("latest", request));
    await sql("INSERT INTO agent (name) VALUES ('after the restore')");
    assert.match(
      await succeeds(restore("latest", request)),
      /^restore-postgres: request 2026-03-01 was carried out before\. The database is as it was\.$/m,
    );
    assert.equal(await sql("SELECT count(*) FROM agent WHERE name = 'after the restore'"), "1");
    await succeeds(restore("latest", { RESTORE_ID: "2026-03-02" }));
    assert.equal(await sql("SELECT count(*) FROM agent WHERE name = 'after the restore'"), "0");
  });

  describe("leaves earlier backups as they are, and nothing half done, when", () => {
    const old = "kaizen-studio-20200101T020000Z.dump";
    beforeEach(() => {
      place(old, "an old backup");
    });
    afterEach(() => {
      assert.deepEqual(files(), [old]);
      assert.equal(fs.readFileSync(path.join(backups, old), "utf8"), "an old backup");
    });

    it("the password is wrong", () =>
      fails(
        backup({ PGPASSWORD: "wrong" }),
        /password authentication failed[^]*^backup-postgres: pg_dump of kaizen_studio at 127\.0\.0\.1 failed, for the reason above\. Earlier backups are untouched\.$/m,
      ));

    it("there is no password", () =>
      fails(
        backup({ PGPASSWORD: "" }),
        /^backup-postgres: neither PGPASSWORD nor a readable PGPASSFILE is set, expected one\. Take it from the Secret\.$/m,
      ));

    it("the server is away", () =>
      fails(backup({ PGPORT: "1" }), /Connection refused[^]*Earlier backups are untouched\.$/m));

    it("the disk fills up while it writes", () =>
      fails(
        backup({}, { fileLimit: 8 }),
        /File too large[^]*pg_dump of kaizen_studio at 127\.0\.0\.1 failed, for the reason above\. Earlier backups are untouched\.$/m,
      ));

    it("the disk is too full to begin", () =>
      fails(
        backup({ MIN_FREE_MIB: "999999999" }),
        /^backup-postgres: \S+\/backups has \d+ MiB free, expected at least 1000000000 MiB for the next backup\. Grow the volume, or delete files that are not needed\. Nothing was changed\.$/m,
      ));

    it("the dump turns out not to be whole", async () => {
      const stand = bench.emptyFolder("cut-short");
      const cutting =
        `#!/bin/sh\n"${bench.programs.pg_dump}" "$@"\nfor file; do :; done\n` +
        `file=\${file#--file=}\nhead -c 9000 "$file" >"$file.cut"\ncat "$file.cut" >"$file"\nrm "$file.cut"\n`;
      fs.writeFileSync(path.join(stand, "pg_dump"), cutting, { mode: 0o755 });
      await fails(
        backup({}, { firstOnPath: stand }),
        /^backup-postgres: the dump of kaizen_studio cannot be read back, so it was thrown away\. Earlier backups are untouched\.$/m,
      );
    });

    it("another one is running", async () => {
      const lock = path.join(backups, ".kaizen-studio.lock");
      const holding = await bench.holdLock(lock);
      await fails(
        backup(),
        /^backup-postgres: another backup or restore of kaizen-studio is running in \S+\/backups\. Wait for it to end\.$/m,
      );
      await holding.stop();
    });

    it("a setting is missing or is no number", async () => {
      await fails(
        backup({ PGDATABASE: "" }),
        /^backup-postgres: PGDATABASE is not set, expected a value\. Set it in the environment\.$/m,
      );
      await fails(
        backup({ KEEP_COUNT: "ten" }),
        /^backup-postgres: KEEP_COUNT is "ten", expected a whole number\. Correct it\.$/m,
      );
    });
  });

  it("clears away what a killed run left", async () => {
    place(".kaizen-studio-20200101T020000Z.dump.partial", "half a backup");
    await succeeds(backup());
    assert.match(onlyBackup(), /^kaizen-studio-\d{8}T\d{6}Z\.dump$/);
  });

  it("keeps as many as it is told, the newest, and whatever has another name", async () => {
    const others = [
      "before-upgrade.dump",
      "kaizen-studio-20200101T020000Z.rdb",
      "other-20200101T020000Z.dump",
    ];
    const old = ["0101", "0102", "0103"].map((day) => `kaizen-studio-2020${day}T020000Z.dump`);
    for (const name of [...others, ...old]) place(name, "old");
    const output = await succeeds(backup({ KEEP_COUNT: "3" }));
    const made = files().filter((name) => ![...others, ...old].includes(name));
    assert.equal(made.length, 1);
    assert.deepEqual(files().toSorted(), [...others, ...old.slice(1), ...made].toSorted());
    assert.match(
      output,
      /^backup-postgres: deleted kaizen-studio-20200101T020000Z\.dump, beyond the 3 backups and 0 days that are kept$/m,
    );
  });

  it("lets go what is older than the days it is told", async () => {
    const stamp = (daysAgo: number) =>
      new Date(Date.now() - daysAgo * 86_400_000).toISOString().replace(/[-:]|\.\d+/g, "");
    const [fresh, stale] = [6, 8].map((days) => `kaizen-studio-${stamp(days)}.dump`);
    for (const name of [fresh, stale]) place(name ?? "", "old");
    await succeeds(backup({ KEEP_DAYS: "7" }));
    assert.ok(files().includes(fresh ?? ""));
    assert.ok(!files().includes(stale ?? ""));
    assert.equal(files().length, 2);
  });

  describe("restores nothing, and changes nothing, when", () => {
    let before: string;
    beforeEach(async () => {
      before = await contents();
    });
    afterEach(async () => {
      assert.equal(await contents(), before);
    });

    it("the dump is cut short", async () => {
      await succeeds(backup());
      const whole = fs.readFileSync(path.join(backups, onlyBackup()));
      for (const length of [100, whole.length / 2, whole.length - 10]) {
        place("cut.dump", whole.subarray(0, length));
        await fails(
          restore("cut.dump"),
          /^restore-postgres: cut\.dump is damaged or not whole\. Choose another backup\. The database is as it was\.$/m,
        );
      }
    });

    it("a plain dump is cut short, or fails halfway", async () => {
      const whole = await bench.client("pg_dump", [], server);
      place("cut.sql", whole.slice(0, whole.length / 2));
      await fails(restore("cut.sql"), /cut\.sql is damaged or not whole/);
      place("bad.sql", whole.replace(/^CREATE VIEW/m, "CREATE VEIW"));
      await fails(
        restore("bad.sql"),
        /syntax error[^]*^restore-postgres: restoring bad\.sql failed, for the reason above\. [^]*The database is as it was\.$/m,
      );
    });

    it("the file is missing, empty, elsewhere or of no known kind", async () => {
      place("kaizen-studio-20200101T020000Z.dump", "");
      place("backup.tar", "something");
      const cases: [string, RegExp][] = [
        [
          "no.dump",
          /: there is no no\.dump in \S+\/backups\. It holds: kaizen-studio-20200101T020000Z\.dump \(at most the newest five are listed\)\.$/m,
        ],
        [
          "latest",
          /: kaizen-studio-20200101T020000Z\.dump is empty\. Choose another backup\. Nothing was changed\.$/m,
        ],
        [
          "../backup.tar",
          /: got "\.\.\/backup\.tar", expected "latest" or the name of a file in \S+\/backups\. Leave out the folder\.$/m,
        ],
        [
          "backup.tar",
          /: got "backup\.tar", expected a name that ends in \.dump, \.sql or \.sql\.gz\. Choose another file\.$/m,
        ],
      ];
      for (const [file, message] of cases) await fails(restore(file), message);
    });

    it("there is no backup at all", () =>
      fails(
        restore("latest"),
        /^restore-postgres: there is no backup kaizen-studio-\*\.dump in \S+\/backups\. Make one first, or fetch one\.$/m,
      ));

    it("the password is wrong", async () => {
      await succeeds(backup());
      await fails(
        restore("latest", { PGPASSWORD: "wrong" }),
        /^restore-postgres: the database kaizen_studio at 127\.0\.0\.1 cannot be reached, for the reason above\. The database is as it was\.$/m,
      );
    });
  });
});
