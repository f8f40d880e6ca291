import assert from "node:assert/strict";
import { heedInterrupt } from "../../../../local/commands/interruption.ts";

describe("heedInterrupt", () => {
  it("lets work go on until Ctrl-C, and then ends it as a shell expects", () => {
    const interrupt = new AbortController();
    heedInterrupt(interrupt.signal, "Interrupted.");
    interrupt.abort();
    assert.throws(
      () => {
        heedInterrupt(interrupt.signal, "Interrupted.");
      },
      { name: "LocalError", message: "Interrupted.", exitCode: 130 },
    );
  });
});
