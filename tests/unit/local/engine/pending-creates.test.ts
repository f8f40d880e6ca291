import assert from "node:assert/strict";
import { settleArguments } from "../../../../local/engine/pending-creates.ts";

const creating = (type: string, inputs: object) => ({
  type: "creating",
  resource: { urn: `urn:${type}`, type, inputs },
});

describe("settleArguments", () => {
  it("looks for objects under their names, with the namespace where there is one", () => {
    const pending = [
      creating("kubernetes:apps/v1:Deployment", { metadata: { name: "a", namespace: "n" } }),
      creating("kubernetes:core/v1:Namespace", { metadata: { name: "n" } }),
      creating("kubernetes:helm.sh/v3:Release", { name: "r", namespace: "n" }),
    ];
    assert.deepEqual(settleArguments(pending), [
      "--import-pending-creates",
      "urn:kubernetes:apps/v1:Deployment",
      "--import-pending-creates",
      "n/a",
      "--import-pending-creates",
      "urn:kubernetes:core/v1:Namespace",
      "--import-pending-creates",
      "n",
      "--import-pending-creates",
      "urn:kubernetes:helm.sh/v3:Release",
      "--import-pending-creates",
      "n/r",
      "--clear-pending-creates",
    ]);
  });

  it("forgets what exists in the state only, and leaves updates and deletions to the engine", () => {
    const pending = [
      creating("random:index/randomPassword:RandomPassword", { length: 8 }),
      { type: "updating", resource: { urn: "u", type: "kubernetes:core/v1:Service" } },
    ];
    assert.deepEqual(settleArguments(pending), ["--clear-pending-creates"]);
  });
});
