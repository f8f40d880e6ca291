import assert from "node:assert/strict";
import {
  Backup,
  type BackupArgs,
  type BackupSource,
  type ConfigSource,
} from "../../../components/workloads/index.ts";
import { passwordSource, postgresBackup, S3_STORE } from "../../support/backup-fixtures.ts";
import { recordOn } from "../../support/recorded-program.ts";

const record = (
  make: (source: ConfigSource) => BackupArgs = postgresBackup,
  overrides: Partial<BackupArgs> = {},
) =>
  recordOn(
    ({ providers, earlier }) =>
      new Backup("backup", { ...make(passwordSource(earlier)), ...overrides }, { providers }),
  );

describe("Backup, of what it cannot do", () => {
  it("refuses what cannot run, all at once", async () => {
    await assert.rejects(
      record(postgresBackup, {
        component: "a-name-that-is-far-too-long-for-the-job-that-restores",
        keep: 0,
        keepDays: -1,
        volume: { size: "100", storageClass: "standard" },
        store: { ...S3_STORE, folder: "/backups/" },
        restore: { file: "../dump.rdb", requestedAt: "now!" },
      }),
      {
        message: [
          "Invalid arguments:",
          '1. component: got "a-name-that-is-far-too-long-for-the-job-that-restores", expected at ' +
            "most 43 letters, because the name of a restore appends twenty. Shorten it.",
          '2. volume.size: got "100", expected a quantity with a unit, such as "512Mi" or "2Gi". ' +
            "Add one of the units Ki, Mi, Gi, Ti.",
          '3. store.folder: got "/backups/", expected folders of letters, digits, dots and dashes, ' +
            "such as backups/kaizen-studio. Leave out slashes at the ends.",
          "4. keep: got 0, expected a whole number of at least 1. Write how many there are to be.",
          "5. keepDays: got -1, expected a whole number of at least 0. Write how many there are to be.",
          '6. restore.file: got "../dump.rdb", expected latest, or the name of a file that ends in ' +
            ".dump, .sql, .sql.gz. Leave out the folder; the log of the last backup names its file.",
          '7. restore.requestedAt: got "now!", expected at most 40 letters, digits, dots, colons and ' +
            "dashes. Write the time of the request, such as 2026-03-01T10:00.",
        ].join("\n"),
      },
    );
  });

  it("refuses a server that is nowhere, and one that is in two places", async () => {
    const withPlace = (place: object) =>
      record((secret) => {
        const { part, ...source } = postgresBackup(secret).source;
        assert.equal(part, "postgres");
        return { ...postgresBackup(secret), source: { ...source, ...place } as BackupSource };
      });
    const message =
      "Invalid arguments:\n1. source: expected either part or addresses. " +
      "Name the part that runs the server, or the addresses of one outside.";
    await assert.rejects(withPlace({}), { message });
    const both = { part: "postgres", addresses: S3_STORE.peers };
    await assert.rejects(withPlace(both), { message });
  });
});
