import assert from "node:assert/strict";
import { REFERENCES } from "../../../local/providers/cloud/references/index.ts";
import { FIXED, REFUSED } from "../../../local/providers/cloud/replacements/index.ts";
import { KNOWN_TYPES } from "../../../plan/recording/cloud-outputs/index.ts";
import { hasInput } from "../../support/sdk-typings.ts";

/** Inputs that a table names and the SDK does not have. */
function unknownInputs(type: string, fields: readonly string[]): string[] {
  return fields
    .map((field) => field.replace(/^!/, ""))
    .filter((field) => field !== "*" && !hasInput(type, field));
}

describe("tables of the clouds' rules", () => {
  it("are read by what the SDK knows below an input too", () => {
    const fields = [
      "nodeConfig.labels",
      "nodeConfig.lables",
      "!nodeConfig.kubeletConfig.podPidsLimit",
    ];
    assert.deepEqual(unknownInputs("gcp:container/nodePool:NodePool", fields), [
      "nodeConfig.lables",
    ]);
  });

  for (const [type, fields] of Object.entries({ ...FIXED, ...REFUSED })) {
    it(`fixed fields of ${type} are inputs of the SDK's`, () => {
      assert.deepEqual(unknownInputs(type, fields), []);
    });
  }

  for (const [type, references] of Object.entries(REFERENCES)) {
    it(`references of ${type} are inputs of the SDK's, to types that there are`, () => {
      assert.deepEqual(
        unknownInputs(
          type,
          references.map(({ path }) => path),
        ),
        [],
      );
      for (const { path, types } of references) {
        assert.notEqual(path, "");
        for (const target of types) assert.ok(KNOWN_TYPES.includes(target), target);
      }
    });
  }
});
