import assert from "node:assert/strict";
import { maskSecrets, reveal, Secret, Unknown } from "../../plan/secret.ts";

describe("maskSecrets", () => {
  it("replaces the leaves below a secret and keeps keys and lengths", () => {
    const inputs = {
      open: "text",
      text: new Secret("hunter2"),
      data: new Secret({ user: "u", ports: [1, 2], nested: { deep: true }, none: null, empty: {} }),
      list: ["a", new Secret("b")],
      later: new Unknown(),
    };
    assert.deepEqual(maskSecrets(inputs), {
      open: "text",
      text: "[secret]",
      data: {
        user: "[secret]",
        ports: ["[secret]", "[secret]"],
        nested: { deep: "[secret]" },
        none: null,
        empty: {},
      },
      list: ["a", "[secret]"],
      later: "[unknown]",
    });
  });

  it("masks a secret inside a secret once", () => {
    assert.deepEqual(maskSecrets(new Secret({ key: new Secret("value") })), { key: "[secret]" });
  });
});

describe("reveal", () => {
  it("gives the value that the marks were on", () => {
    const value = { list: [new Secret({ key: new Secret("value") })], open: 1 };
    assert.deepEqual(reveal(value), { list: [{ key: "value" }], open: 1 });
  });
});
