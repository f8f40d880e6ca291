import assert from "node:assert/strict";
import { runSteps } from "../../../local/progress.ts";

describe("runSteps without a terminal", () => {
  it("writes a line when a step begins and one when it ends, and what is left", async () => {
    const lines: string[] = [];
    const steps = [
      { title: "build a", estimate: "about 3 min", run: () => Promise.resolve() },
      { title: "build b", run: () => Promise.resolve() },
    ];
    await runSteps(steps, false, (line) => lines.push(line));
    assert.deepEqual(
      lines.map((line) => line.replace(/\d+\.\d s$/, "N s")),
      [
        "[1/2] build a (about 3 min) ...",
        "[1/2] build a: done in N s",
        "[2/2] build b ...",
        "[2/2] build b: done in N s",
      ],
    );
  });

  it("stops at the first step that fails", async () => {
    const failing = { title: "a", run: () => Promise.reject(new Error("no")) };
    const never = { title: "b", run: () => assert.fail("ran") };
    await assert.rejects(
      runSteps([failing, never], false, () => undefined),
      /^Error: no$/,
    );
  });
});
