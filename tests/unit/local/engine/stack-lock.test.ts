import assert from "node:assert/strict";
import { areStale } from "../../../../local/engine/stack-lock.ts";

const owner = { pid: 12, hostname: "here" };

describe("areStale", () => {
  it("is false without locks", () => {
    assert.equal(
      areStale([], () => undefined, "here"),
      false,
    );
  });

  it("is true when the owner has ended, or its number belongs to another program", () => {
    assert.equal(
      areStale([owner], () => undefined, "here"),
      true,
    );
    assert.equal(
      areStale([owner], () => "sleep 60", "here"),
      true,
    );
  });

  it("refuses while the owner runs", () => {
    assert.throws(() => areStale([owner], () => "/bin/pulumi up", "here"), {
      message:
        "Another update of the stack runs (process 12). Wait for it, or end it with kill -INT 12.",
    });
  });

  it("refuses to judge a process of another machine", () => {
    assert.throws(() => areStale([owner], () => undefined, "there"), {
      message:
        "The stack is locked by process 12 on here, and this is there. " +
        "If nothing runs there any more, remove the state folder.",
    });
  });
});
