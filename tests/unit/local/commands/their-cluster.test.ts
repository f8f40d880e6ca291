import assert from "node:assert/strict";
import { refuseStandIns } from "../../../../local/commands/their-cluster.ts";

describe("refuseStandIns", () => {
  it("refuses the stand-ins on a cluster that somebody else runs", () => {
    assert.throws(
      () => {
        refuseStandIns("down", { stack: "theirs", plugins: "stand-in" }, false);
      },
      {
        name: "LocalError",
        message:
          "The cluster of stack theirs is not one that make up started, and the stand-in plugins are only for those. " +
          "Run make down STACK=theirs PLUGINS=real.",
      },
    );
  });

  it("lets the real plugins work there, and the stand-ins on a cluster of ours", () => {
    refuseStandIns("up", { stack: "theirs", plugins: "real" }, false);
    refuseStandIns("up", { stack: "local", plugins: "stand-in" }, true);
  });
});
