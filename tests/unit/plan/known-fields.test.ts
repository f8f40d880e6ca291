import assert from "node:assert/strict";
import { knownFields, unknownFields } from "../../../plan/custom-resources/known-fields.ts";

const text = { type: "string" };
const SCHEMA = {
  properties: {
    name: text,
    labels: { type: "object", additionalProperties: text },
    rules: { type: "array", items: { type: "object", properties: { expr: text, for: text } } },
    store: { type: "object", properties: { bucket: text, region: text } },
    other: { type: "object", properties: { deep: text } },
    config: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  },
};

describe("knownFields", () => {
  it("names all that is allowed where a value sets something, and nothing of other places", () => {
    const values = [
      { name: "a", labels: { x: "1" }, rules: [{ expr: "up" }] },
      { store: { bucket: "b" }, config: { anything: { goes: 1 } } },
    ];
    assert.deepEqual(knownFields(SCHEMA, values), {
      name: true,
      labels: { "*": true },
      rules: { expr: true, for: true },
      store: { bucket: true, region: true },
      other: true,
      config: true,
    });
  });
});

describe("unknownFields", () => {
  const known = { name: true, labels: { "*": true }, rules: { expr: true }, other: true } as const;

  it("passes what is known, any key of a map, and whatever lies below a place that is not looked at", () => {
    const value = { name: "a", labels: { x: "1" }, rules: [{ expr: "up" }], other: { any: [1] } };
    assert.deepEqual(unknownFields(known, value, ""), []);
  });

  it("names every other field by its place, with the nearest that there is", () => {
    const value = { nmae: "a", rules: [{ expr: "up" }, { expression: 1 }, { zzz: 1 }] };
    assert.deepEqual(unknownFields(known, value, "spec"), [
      { path: "spec.nmae", nearest: "name" },
      { path: "spec.rules[1].expression", nearest: undefined },
      { path: "spec.rules[2].zzz", nearest: undefined },
    ]);
  });

  it("looks into nothing that is no plain object", () => {
    class Hidden {
      readonly field = 1;
    }
    assert.deepEqual(unknownFields(known, { rules: new Hidden() }, ""), []);
  });
});
