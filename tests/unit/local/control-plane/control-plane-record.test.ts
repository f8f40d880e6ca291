import assert from "node:assert/strict";
import { conditionOf } from "../../../../local/control-plane/control-plane-record.ts";

const etcd = { name: "etcd", pid: 1, began: "a" };
const kwok = { name: "kwok", pid: 2, began: "b" };
const record = { phase: "running", server: "s", logs: "l", processes: [etcd, kwok] } as const;

describe("conditionOf", () => {
  it("is absent without a record", () => {
    assert.deepEqual(conditionOf(undefined), { is: "absent" });
  });

  it("is running when every process is alive", () => {
    assert.equal(conditionOf(record, () => true).is, "running");
  });

  it("is broken when one has ended, and tells which", () => {
    const condition = conditionOf(record, ({ pid }) => pid === 2);
    assert.deepEqual(condition, { is: "broken", record, alive: [kwok], dead: [etcd] });
  });

  it("is broken when the start was killed, though every process is alive", () => {
    const started = { ...record, phase: "starting" } as const;
    assert.equal(conditionOf(started, () => true).is, "broken");
  });
});
