import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  fromStruct,
  hasSecret,
  hasUnknown,
  markSecretsLike,
  revealed,
  secret,
  toJson,
  toStruct,
  UNKNOWN,
  withoutSecrets,
  type PropertyMap,
  type PropertyValue,
} from "../../../local/providers/property-values.ts";

const values = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<PropertyValue>(null, true, false, UNKNOWN),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string(),
    tie("value").map(secret),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;
const maps = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), values, {
  maxKeys: 4,
  noNullPrototype: true,
});

describe("property values", () => {
  it("survive the engine's encoding, secrets and unknowns included", () => {
    fc.assert(
      fc.property(maps, (map) => {
        assert.deepEqual(fromStruct(toStruct(map)), map);
      }),
    );
  });

  it("leave out keys without a value", () => {
    const map = { a: 1, b: undefined } as unknown as PropertyMap;
    assert.deepEqual(fromStruct(toStruct(map)), { a: 1 });
  });

  it("read the engine's wrapped outputs as what they hold", () => {
    const output = { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
    const struct = toStruct({ known: { ...output, value: "x", secret: true }, open: output });
    assert.deepEqual(fromStruct(struct), { known: secret("x"), open: UNKNOWN });
  });

  it("reveal every secret at any depth", () => {
    fc.assert(
      fc.property(maps, (map) => {
        assert.equal(hasSecret(revealed(map)), false);
      }),
    );
    assert.deepEqual(revealed({ a: secret([secret("x")]) }), { a: ["x"] });
  });

  it("refuse to be plain data while unknown", () => {
    assert.equal(hasUnknown({ a: [secret(UNKNOWN)] }), true);
    assert.throws(() => toJson({ a: UNKNOWN }), { message: "A value is not known yet." });
  });
});

describe("markSecretsLike", () => {
  const cases: readonly [string, PropertyValue, PropertyValue, PropertyValue][] = [
    ["a leaf", { a: "x", b: "y" }, { a: secret("old") }, { a: secret("x"), b: "y" }],
    ["a map as a whole", { a: { k: "x" } }, { a: secret({ k: "old" }) }, { a: secret({ k: "x" }) }],
    [
      "a list with one secret in it as a whole",
      { a: ["x", "y"] },
      { a: ["o", secret("p")] },
      { a: secret(["x", "y"]) },
    ],
    ["nothing where the value is gone", { b: "y" }, { a: secret("old") }, { b: "y" }],
  ];
  for (const [what, value, pattern, expected] of cases) {
    it(`marks ${what}`, () => {
      assert.deepEqual(markSecretsLike(value, pattern), expected);
    });
  }
});

describe("withoutSecrets", () => {
  it("hides secret texts in a message, plain and encoded, the longest first", () => {
    const inputs = {
      a: secret("password"),
      b: { c: secret({ d: "password-and-more" }) },
      e: "public",
    };
    const encoded = Buffer.from("password").toString("base64");
    assert.equal(
      withoutSecrets(`password-and-more password ${encoded} public`, inputs),
      "[secret] [secret] [secret] public",
    );
  });

  it("leaves texts too short to be told from chance", () => {
    assert.equal(withoutSecrets("it is true", { a: secret("true") }), "it is true");
  });
});
