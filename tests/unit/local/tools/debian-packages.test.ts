import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  postgresFolders,
  provideDebianPrograms,
  type Machine,
} from "../../../../local/tools/debian-packages.ts";

const WANTED = [
  { program: "pg_dump", package: "postgresql" },
  { program: "pg_restore", package: "postgresql" },
  { program: "rclone", package: "rclone" },
] as const;

describe("provideDebianPrograms", () => {
  let scratch: string;
  let ran: string[];
  let said: string[];
  beforeEach(() => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-debian-"));
    [ran, said] = [[], []];
  });
  afterEach(() => {
    fs.rmSync(scratch, { recursive: true });
  });

  const put = (...programs: string[]) => {
    for (const program of programs) {
      fs.writeFileSync(path.join(scratch, program), "", { mode: 0o755 });
    }
  };
  const machine = (overrides: Partial<Machine> = {}): Machine => ({
    folders: () => [scratch],
    isRoot: true,
    policyFile: path.join(scratch, "policy-rc.d"),
    write: (line) => said.push(line),
    run: (file, args) => {
      ran.push([file, ...args].join(" "));
      if (args.includes("install")) put("pg_dump", "pg_restore", "rclone");
      return Promise.resolve({ failed: false, output: "" });
    },
    ...overrides,
  });

  it("says nothing and installs nothing where all is there", async () => {
    put("pg_dump", "pg_restore", "rclone");
    assert.deepEqual(await provideDebianPrograms(WANTED, machine()), {
      pg_dump: path.join(scratch, "pg_dump"),
      pg_restore: path.join(scratch, "pg_restore"),
      rclone: path.join(scratch, "rclone"),
    });
    assert.deepEqual([ran, said], [[], []]);
  });

  it("installs what is missing, each package once, and nothing else", async () => {
    put("rclone");
    await provideDebianPrograms(WANTED, machine());
    assert.deepEqual(ran, [
      "apt-get -o DPkg::Lock::Timeout=300 update",
      "apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends postgresql",
    ]);
    assert.deepEqual(said, ["Not on this machine: pg_dump, pg_restore. Installing postgresql."]);
  });

  it("keeps services from starting while it installs, and only then", async () => {
    const policies: string[] = [];
    const watched = machine();
    const run: Machine["run"] = (file, args) => {
      policies.push(fs.readFileSync(watched.policyFile, "utf8"));
      return watched.run(file, args);
    };
    await provideDebianPrograms(WANTED, { ...watched, run });
    assert.deepEqual(policies, ["#!/bin/sh\nexit 101\n", "#!/bin/sh\nexit 101\n"]);
    assert.ok(!fs.existsSync(watched.policyFile));
  });

  it("leaves a policy alone that was there before", async () => {
    const { policyFile } = machine();
    fs.writeFileSync(policyFile, "theirs");
    await provideDebianPrograms(WANTED, machine());
    assert.equal(fs.readFileSync(policyFile, "utf8"), "theirs");
  });

  it("tells who is not root what to install", async () => {
    await assert.rejects(provideDebianPrograms(WANTED, machine({ isRoot: false })), {
      name: "LocalError",
      message:
        "Not on this machine: pg_dump, pg_restore, rclone.\nInstall the packages that bring them: " +
        "sudo apt-get install --no-install-recommends postgresql rclone",
    });
    assert.deepEqual(ran, []);
  });

  it("shows the end of what apt-get printed, and takes its policy away again", async () => {
    const output = "Reading package lists...\nE: Unable to locate package rclone\n";
    const failing = machine({ run: () => Promise.resolve({ failed: true, output }) });
    await assert.rejects(provideDebianPrograms([WANTED[2]], failing), {
      message: [
        "apt-get -o DPkg::Lock::Timeout=300 update failed:",
        "  Reading package lists...",
        "  E: Unable to locate package rclone",
        "Mend that, or install by hand: apt-get install --no-install-recommends rclone",
      ].join("\n"),
    });
    assert.ok(!fs.existsSync(failing.policyFile));
  });

  it("names a package that does not bring its program", async () => {
    const nothing = machine({ run: () => Promise.resolve({ failed: false, output: "" }) });
    await assert.rejects(provideDebianPrograms([WANTED[2]], nothing), {
      message:
        "rclone is not on PATH though package rclone is installed. " +
        "Reinstall it: apt-get install --reinstall rclone",
    });
  });
});

describe("postgresFolders", () => {
  it("puts the newest version first, and knows that 9 is older than 15", () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-postgres-"));
    for (const version of ["9", "15", "13", "common"]) fs.mkdirSync(path.join(root, version));
    const bins = ["15", "13", "9"].map((version) => path.join(root, version, "bin"));
    assert.deepEqual(postgresFolders(root), bins);
    assert.deepEqual(postgresFolders(path.join(root, "absent")), []);
    fs.rmSync(root, { recursive: true });
  });
});
