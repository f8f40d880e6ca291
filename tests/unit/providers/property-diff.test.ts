import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { differences, formatPath, valueAt } from "../../../local/providers/property-diff.ts";
import { secret, UNKNOWN, type PropertyMap } from "../../../local/providers/property-values.ts";

const diff = (before: PropertyMap, after: PropertyMap) =>
  differences(before, after).map(({ path, kind }) => `${kind} ${formatPath(path)}`);

describe("differences", () => {
  const cases: readonly [string, PropertyMap, PropertyMap, string[]][] = [
    ["nothing", { a: { b: [1] } }, { a: { b: [1] } }, []],
    ["a changed leaf", { a: { b: 1 } }, { a: { b: 2 } }, ["update a.b"]],
    ["an added and a removed key", { a: 1 }, { b: 1 }, ["delete a", "add b"]],
    ["null and absent alike", { a: null }, {}, []],
    ["a list that grew", { a: [1] }, { a: [1, 2] }, ["add a[1]"]],
    [
      "a list that shrank",
      { a: [{ b: 1 }, 2] },
      { a: [{ b: 3 }] },
      ["update a[0].b", "delete a[1]"],
    ],
    ["another type", { a: [1] }, { a: { b: 1 } }, ["update a"]],
    ["no secret mark", { a: secret({ b: 1 }) }, { a: { b: 1 } }, []],
    ["the key within a secret", { a: secret({ b: 1 }) }, { a: secret({ b: 2 }) }, ["update a.b"]],
    ["what is not known yet", { a: 1 }, { a: UNKNOWN }, ["update a"]],
    ["keys that need quotes", {}, { a: { "x.y/z": 1 } }, ["add a"]],
  ];
  for (const [what, before, after, expected] of cases) {
    it(`sees ${what}`, () => {
      assert.deepEqual(diff(before, after), expected);
    });
  }
});

describe("formatPath", () => {
  it("writes paths as the engine does", () => {
    const path = ["metadata", "labels", "app.kubernetes.io/name", 0, "x"];
    assert.equal(formatPath(path), 'metadata.labels["app.kubernetes.io/name"][0].x');
  });
});

describe("valueAt", () => {
  it("looks through secrets and lists", () => {
    assert.equal(valueAt({ a: secret([{ b: 1 }]) }, ["a", 0, "b"]), 1);
    assert.equal(valueAt({ a: 1 }, ["a", "b"]), undefined);
  });
});
