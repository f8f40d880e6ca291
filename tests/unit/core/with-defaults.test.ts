import assert from "node:assert/strict";
import fc from "fast-check";
import { underPath } from "../../../components/core/problem.ts";
import { withDefaults } from "../../../components/core/with-defaults.ts";

describe("withDefaults", () => {
  it("takes the default for an explicit undefined", () => {
    assert.deepEqual(withDefaults({ port: 80 }, { port: undefined, name: "a" }), {
      port: 80,
      name: "a",
    });
  });

  it("keeps every given value, falsy ones too, and every other default", () => {
    const record = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.constantFrom(0, "", false, null, 1, "x", undefined),
    );
    fc.assert(
      fc.property(record, record, (defaults, args) => {
        const merged: Record<string, unknown> = withDefaults(defaults, args);
        for (const key of new Set([...Object.keys(defaults), ...Object.keys(args)])) {
          assert.equal(merged[key], args[key] === undefined ? defaults[key] : args[key]);
        }
      }),
    );
  });
});

describe("underPath", () => {
  it("puts the parent's path before a problem's own", () => {
    const problem = { path: "tag", expected: "a tag", remedy: "Write one." };
    assert.equal(underPath("backend.image", [problem])[0]?.path, "backend.image.tag");
  });

  it("names the parent when the problem is the value itself", () => {
    const problem = { path: "", expected: "a tag", remedy: "Write one." };
    assert.equal(underPath("backend.image", [problem])[0]?.path, "backend.image");
  });
});
