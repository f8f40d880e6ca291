import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { identify, isAlive } from "../../../../local/control-plane/process-identity.ts";

describe("a process's identity", () => {
  it("holds while it runs and no longer", async () => {
    const child = spawn("sleep", ["60"]);
    await once(child, "spawn");
    const identity = identify(child.pid ?? 0);
    assert.ok(identity !== undefined && isAlive(identity));
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.ok(!isAlive(identity));
  });

  it("is not that of another process with the same number", () => {
    assert.ok(!isAlive({ pid: process.pid, began: "long ago" }));
  });
});
