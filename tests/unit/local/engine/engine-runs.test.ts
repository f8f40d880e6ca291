import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { identify } from "../../../../local/control-plane/process-identity.ts";
import { endLeftRuns, recordRun } from "../../../../local/engine/engine-runs.ts";

describe("endLeftRuns", () => {
  let folder: string;
  let engine: ChildProcess;
  let pid: number;

  const killedCommand = () => {
    const command = { pid: process.pid, began: "long ago" };
    fs.writeFileSync(
      path.join(folder, `${pid}.json`),
      JSON.stringify({ engine: identify(pid), command }),
    );
  };

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-runs-"));
    engine = spawn("sh", ["-c", "trap '' INT; echo on; sleep 60"], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    pid = engine.pid ?? assert.fail("no process");
    await once(engine.stdout ?? assert.fail("no output"), "data");
  });

  afterEach(() => {
    if (engine.exitCode === null && engine.signalCode === null) process.kill(-pid, "SIGKILL");
    fs.rmSync(folder, { recursive: true });
  });

  it("leaves an engine alone whose command waits for it", async () => {
    recordRun(folder, pid);
    await endLeftRuns(folder, 0);
    assert.ok(identify(pid));
    assert.deepEqual(fs.readdirSync(folder), [`${pid}.json`]);
  });

  it("ends that of a command that was killed, by force if need be", async () => {
    killedCommand();
    await endLeftRuns(folder, 0);
    assert.equal(identify(pid), undefined);
    assert.deepEqual(fs.readdirSync(folder), []);
  });
});
