import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { withLock } from "../../../../local/control-plane/lock.ts";

describe("withLock", () => {
  let root: string;
  const file = () => path.join(root, "state.lock");
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-lock-"));
  });
  afterEach(() => {
    fs.rmSync(root, { recursive: true });
  });

  it("refuses a second holder while the first works, and says what that does", async () => {
    await withLock(file(), "starting", () =>
      assert.rejects(
        withLock(file(), "stopping", () => Promise.resolve()),
        {
          message:
            `Another process (${process.pid}) is at work in ${root}: starting. ` +
            "Wait for it to end, or stop it with Ctrl-C.",
        },
      ),
    );
  });

  it("is given back, also after a failure", async () => {
    const failing = () => Promise.reject(new Error("no"));
    await assert.rejects(withLock(file(), "a", failing), /no/);
    assert.equal(await withLock(file(), "b", () => Promise.resolve(7)), 7);
    assert.deepEqual(fs.readdirSync(root), []);
  });

  it("is taken over from a process that was killed", async () => {
    fs.writeFileSync(file(), JSON.stringify({ pid: process.pid, began: "before", doing: "x" }));
    assert.equal(await withLock(file(), "b", () => Promise.resolve(7)), 7);
    assert.deepEqual(fs.readdirSync(root), []);
  });

  it("is taken over when it holds no owner", async () => {
    fs.writeFileSync(file(), "");
    assert.equal(await withLock(file(), "b", () => Promise.resolve(7)), 7);
  });
});
