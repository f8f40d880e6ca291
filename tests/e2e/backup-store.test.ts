import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { provideDebianPrograms } from "../../local/tools/debian-packages.ts";
import { REPOSITORY } from "../../local/repository.ts";
import { Bench } from "../support/backup-bench.ts";

const SCRIPTS = path.join(REPOSITORY, "components/workloads/scripts");

describe("the scripts of backups", () => {
  it("are clean to shellcheck", async function () {
    this.timeout(120_000);
    const { shellcheck } = await provideDebianPrograms([
      { program: "shellcheck", package: "shellcheck" },
    ]);
    const files = fs.readdirSync(SCRIPTS).filter((file) => file.endsWith(".sh"));
    assert.ok(files.length >= 7);
    const { stdout } = await execa(shellcheck, ["--external-sources", ...files], { cwd: SCRIPTS });
    assert.equal(stdout, "");
  });
});

describe("shipping backups to an object store and fetching them, by the scripts and rclone", function () {
  this.timeout(60_000);
  let bench: Bench;
  let backups: string;
  let store: string;

  before(async () => {
    bench = await Bench.make();
  });
  after(async () => {
    await bench.remove();
  });
  beforeEach(() => {
    backups = bench.emptyFolder("backups");
    store = bench.emptyFolder("store");
  });

  const run = (command: string[], more: Record<string, string> = {}) =>
    bench.script(command, {
      BACKUP_DIR: backups,
      BACKUP_NAME: "studio",
      // rclone speaks to a folder as it does to a bucket.
      RCLONE_CONFIG_STORE_TYPE: "local",
      STORE: `store:${store}`,
      ...more,
    });
  const name = (day: number) => `studio-2026010${day}T020000Z.dump`;
  const put = (folder: string, file: string) => {
    fs.writeFileSync(path.join(folder, file), `contents of ${file}`);
  };

  it("ships the newest, and lets old ones there go only then", async () => {
    for (const day of [1, 2, 3]) put(store, name(day));
    for (const other of ["studio-20260101T020000Z.rdb", "by-hand.dump"]) put(store, other);
    put(backups, name(4));
    const { exitCode, output } = await run(["ship-backup", "dump"], { KEEP_COUNT: "2" });
    assert.equal(exitCode, 0, output);
    assert.deepEqual(
      output.split("\n").filter((line) => line.startsWith("ship-backup")),
      [
        `ship-backup: shipped ${name(4)} to store:${store}, 40 bytes`,
        `ship-backup: deleted ${name(1)}, beyond the 2 backups and 0 days that are kept`,
        `ship-backup: deleted ${name(2)}, beyond the 2 backups and 0 days that are kept`,
      ],
    );
    const left = [name(3), name(4), "studio-20260101T020000Z.rdb", "by-hand.dump"];
    assert.deepEqual(fs.readdirSync(store).toSorted(), left.toSorted());
    assert.equal(fs.readFileSync(path.join(store, name(4)), "utf8"), `contents of ${name(4)}`);
  });

  it("lets nothing go when the copy fails", async () => {
    for (const day of [1, 2, 3]) put(store, name(day));
    put(backups, name(4));
    const refusing = { RCLONE_CONFIG_STORE_TYPE: "no-such-store", KEEP_COUNT: "1" };
    const { exitCode, output } = await run(["ship-backup", "dump"], refusing);
    assert.equal(exitCode, 1, output);
    assert.match(
      output,
      /^ship-backup: copying studio-20260104T020000Z\.dump to store:\S+ failed, for the reason above\. Earlier backups are untouched\.$/m,
    );
    assert.deepEqual(fs.readdirSync(store).toSorted(), [1, 2, 3].map(name));
  });

  it("says when there is nothing to ship", async () => {
    const { exitCode, output } = await run(["ship-backup", "dump"]);
    assert.equal(exitCode, 1);
    assert.match(
      output,
      /: there is no backup studio-\*\.dump in \S+ to ship\. Make one first\.$/m,
    );
  });

  it("fetches the newest, or the one that is named", async () => {
    for (const day of [1, 2, 3]) put(store, name(day));
    put(store, "zebra.dump");
    for (const [asked, expected] of [
      ["latest", name(3)],
      [name(1), name(1)],
      ["zebra.dump", "zebra.dump"],
    ] as const) {
      const { exitCode, output } = await run(["fetch-backup", asked, "dump"]);
      assert.equal(exitCode, 0, output);
      assert.equal(
        fs.readFileSync(path.join(backups, expected), "utf8"),
        `contents of ${expected}`,
      );
    }
    assert.deepEqual(fs.readdirSync(backups).toSorted(), [name(1), name(3), "zebra.dump"]);
  });

  it("does not need the store for a file that is there already", async () => {
    put(backups, name(1));
    const { exitCode, output } = await run(["fetch-backup", name(1), "dump"], {
      RCLONE_CONFIG_STORE_TYPE: "no-such-store",
    });
    assert.equal(exitCode, 0, output);
    assert.equal(output, `fetch-backup: ${name(1)} is in ${backups} already`);
  });

  it("names the newest when the one asked for is not there", async () => {
    put(store, name(2));
    const { exitCode, output } = await run(["fetch-backup", name(1), "dump"]);
    assert.equal(exitCode, 1);
    assert.match(
      output,
      /^fetch-backup: there is no studio-20260101T020000Z\.dump in store:\S+\. The newest there is studio-20260102T020000Z\.dump\.$/m,
    );
    assert.deepEqual(fs.readdirSync(backups), []);
  });
});
