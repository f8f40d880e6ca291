import assert from "node:assert/strict";
import { CONTRACT } from "../support/component-contract.ts";
import { exportedComponents } from "../support/component-classes.ts";
import { COMPONENT_FIXTURES } from "../support/component-fixtures.ts";

describe("component contract", () => {
  it("has a fixture for every exported component, and no other", async () => {
    assert.deepEqual(Object.keys(COMPONENT_FIXTURES).toSorted(), await exportedComponents());
  });

  for (const [name, fixture] of Object.entries(COMPONENT_FIXTURES)) {
    describe(name, () => {
      for (const [title, article] of Object.entries(CONTRACT)) {
        it(title, async () => {
          assert.deepEqual(await article(fixture), []);
        });
      }
    });
  }
});
