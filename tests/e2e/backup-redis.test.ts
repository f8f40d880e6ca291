import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Bench, type ScriptRun } from "../support/backup-bench.ts";
import { KNOWN_PASSWORD, startRedis, type RunningRedis } from "../support/backup-servers.ts";

describe("backup and restore of Redis, by the scripts and a real server", function () {
  this.timeout(60_000);
  let bench: Bench;
  let backups: string;
  let data: string;
  let redis: RunningRedis;

  before(async () => {
    bench = await Bench.make();
  });
  after(async () => {
    await bench.remove();
  });
  afterEach(async () => {
    await redis.stop();
  });

  const startFull = async (appendOnly: boolean) => {
    backups = bench.emptyFolder("backups");
    data = bench.emptyFolder("data");
    redis = await startRedis(bench, data, { appendOnly });
    for (let n = 0; n < 50; n += 1) await redis.ask("set", `session:${n}`, "x".repeat(100 + n));
    await redis.ask("hset", "cart", "apples", "3", "pears", "4");
    await redis.ask("set", "soon", "gone", "ex", "86400");
  };
  const startAgain = async (appendOnly: boolean) => {
    redis = await startRedis(bench, data, { appendOnly, port: redis.port });
  };
  /** Of all keys, values and expiries. */
  const digest = () => redis.ask("debug", "digest");
  const env = () => ({
    BACKUP_DIR: backups,
    BACKUP_NAME: "sessions",
    MIN_FREE_MIB: "1",
    REDIS_HOST: "127.0.0.1",
    REDIS_PORT: String(redis.port),
    REDIS_DATA_DIR: data,
    REDISCLI_AUTH: KNOWN_PASSWORD,
  });
  const backup = (more: Record<string, string> = {}, options = {}) =>
    bench.script(["backup-redis"], { ...env(), ...more }, options);
  const restore = (file: string, more: Record<string, string> = {}) =>
    bench.script(["restore-redis", file], { ...env(), ...more });
  const files = () => fs.readdirSync(backups).filter((name) => !name.endsWith(".lock"));
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

  for (const appendOnly of [false, true]) {
    const kind = appendOnly ? "with an append-only file" : "without an append-only file";

    it(`brings back what was lost, ${kind} (D-33)`, async () => {
      await startFull(appendOnly);
      const before = await digest();
      assert.match(
        await succeeds(backup()),
        /^backup-redis: wrote sessions-\d{8}T\d{6}Z\.rdb, \d+ bytes$/m,
      );
      await redis.ask("flushall");
      await redis.ask("set", "newer", "than the backup");
      await redis.stop();
      const output = await succeeds(
        restore("latest", { REDIS_APPENDONLY: appendOnly ? "yes" : "no" }),
      );
      assert.match(
        output,
        /^restore-redis: put sessions-\d{8}T\d{6}Z\.rdb into \S+\/data; what was there is in before-restore-\d{8}T\d{6}Z\. Start Redis now\.$/m,
      );
      await startAgain(appendOnly);
      assert.equal(await digest(), before);
      // What is written from now on outlives the next restart.
      await redis.ask("set", "after", "the restore");
      const after = await digest();
      await redis.ask(...(appendOnly ? ["bgrewriteaof"] : ["save"]));
      await redis.stop();
      await startAgain(appendOnly);
      assert.equal(await digest(), after);
    });
  }

  it("leaves no stale append-only file to a server that has none", async () => {
    await startFull(true);
    await succeeds(backup());
    await redis.stop();
    await succeeds(restore("latest", { REDIS_APPENDONLY: "no" }));
    assert.ok(!fs.existsSync(path.join(data, "appendonlydir")));
    const [aside] = fs.readdirSync(data).filter((name) => name.startsWith("before-restore-"));
    assert.ok(fs.existsSync(path.join(data, aside ?? "", "appendonlydir")));
  });

  it("waits for the server to stop, and refuses one that does not", async () => {
    await startFull(false);
    await succeeds(backup());
    await fails(
      restore("latest"),
      /^restore-redis: Redis at 127\.0\.0\.1:\d+ is running, and would overwrite what is restored\. Scale it to 0 first\. The data of Redis is as it was\.$/m,
    );
    // A password that is refused is an answer too.
    await fails(restore("latest", { REDISCLI_AUTH: "wrong" }), /is running, and would overwrite/);
    const waiting = restore("latest", { WAIT_SECONDS: "30" });
    await redis.stop();
    await succeeds(waiting);
  });

  it("carries a request out once, however often the Job starts", async () => {
    await startFull(false);
    await succeeds(backup());
    await redis.stop();
    const request = { RESTORE_ID: "2026-03-01" };
    await succeeds(restore("latest", request));
    await startAgain(false);
    await redis.ask("set", "after", "the restore");
    // The server runs, and still nothing fails: there is nothing to do.
    assert.match(
      await succeeds(restore("latest", request)),
      /^restore-redis: request 2026-03-01 was carried out before\. The data of Redis is as it was\.$/m,
    );
    assert.equal(await redis.ask("get", "after"), "the restore");
  });

  describe("leaves earlier backups and the data as they are when", () => {
    const old = "sessions-20200101T020000Z.rdb";
    beforeEach(async () => {
      await startFull(false);
      fs.writeFileSync(path.join(backups, old), "an old backup");
    });
    afterEach(() => {
      assert.deepEqual(files(), [old]);
      assert.equal(fs.readFileSync(path.join(backups, old), "utf8"), "an old backup");
    });

    it("the password is wrong", () =>
      fails(
        backup({ REDISCLI_AUTH: "wrong" }),
        /^backup-redis: Redis at 127\.0\.0\.1:\d+ did not answer PONG but "[^"]*(WRONGPASS|NOAUTH)[^"]*"\. Check that it runs, and the password in REDISCLI_AUTH\. Earlier backups are untouched\.$/m,
      ));

    it("the server is away", async () => {
      await fails(
        backup({ REDIS_PORT: "1" }),
        /did not answer PONG but "Could not connect[^"]*refused/,
      );
    });

    it("the disk fills up while it writes", () =>
      fails(
        backup({}, { fileLimit: 2 }),
        /Error writing data to file: short write[^]*^backup-redis: the snapshot of 127\.0\.0\.1:\d+ failed, for the reason above\. Earlier backups are untouched\.$/m,
      ));

    it("what is to be restored is damaged", async () => {
      await redis.stop();
      await fails(
        restore("latest"),
        /^restore-redis: sessions-20200101T020000Z\.rdb is damaged or not whole\. Choose another backup\. The data of Redis is as it was\.$/m,
      );
      assert.deepEqual(fs.readdirSync(data), []);
    });
  });

  it("restores nothing from a snapshot that is cut short", async () => {
    await startFull(false);
    await succeeds(backup());
    await redis.stop();
    const file = path.join(backups, files()[0] ?? "");
    const whole = fs.readFileSync(file);
    for (const length of [5, whole.length / 2, whole.length - 4]) {
      fs.writeFileSync(path.join(backups, "cut.rdb"), whole.subarray(0, length));
      await fails(restore("cut.rdb"), /^restore-redis: cut\.rdb is damaged or not whole\./m);
    }
    assert.deepEqual(fs.readdirSync(data), []);
  });

  it("keeps as many as it is told", async () => {
    await startFull(false);
    const old = ["0101", "0102", "0103"].map((day) => `sessions-2020${day}T020000Z.rdb`);
    for (const name of old) fs.writeFileSync(path.join(backups, name), "old");
    await succeeds(backup({ KEEP_COUNT: "2" }));
    assert.equal(files().length, 2);
    assert.ok(files().includes(old[2] ?? ""));
  });
});
