import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { changesIn, readEvents, stepsIn } from "../../../../local/engine/engine-event.ts";

const step = (op: string) => ({
  sequence: 1,
  timestamp: 1,
  resourcePreEvent: { metadata: { op, urn: op, type: "t" } },
});
const summary = (resourceChanges: Record<string, number>) => ({
  sequence: 2,
  timestamp: 1,
  summaryEvent: { durationSeconds: 1, resourceChanges },
});

describe("engine events", () => {
  it("counts changes of the last summary, without what stays the same", () => {
    assert.deepEqual(changesIn([summary({ create: 1 }), summary({ update: 2, same: 9 })]), {
      update: 2,
    });
    assert.deepEqual(changesIn([]), {});
  });

  it("lists the steps that change something", () => {
    assert.deepEqual(
      stepsIn([step("same"), step("create")]).map(({ op }) => op),
      ["create"],
    );
  });

  it("leaves out a last line that a kill cut off", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-events-"));
    const file = path.join(folder, "log");
    fs.writeFileSync(file, `${JSON.stringify(step("create"))}\n{"sequ`);
    assert.equal(readEvents(file).length, 1);
    assert.deepEqual(readEvents(path.join(folder, "none")), []);
    fs.rmSync(folder, { recursive: true });
  });
});
