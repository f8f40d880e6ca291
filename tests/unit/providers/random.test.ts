import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  characterRules,
  DEFAULT_SPECIAL,
  randomText,
} from "../../../local/providers/random/characters.ts";
import { DrawnValuesProvider } from "../../../local/providers/drawn-values-provider.ts";
import { RANDOM_RESOURCES } from "../../../local/providers/random/resources.ts";
import {
  isSecret,
  revealed,
  UNKNOWN,
  type PropertyMap,
} from "../../../local/providers/property-values.ts";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const STRING = "random:index/randomString:RandomString";
const BYTES = "random:index/randomBytes:RandomBytes";
const ID = "random:index/randomId:RandomId";
const UUID = "random:index/randomUuid:RandomUuid";

const provider = new DrawnValuesProvider("random", "0.0.0", RANDOM_RESOURCES);
const request = (type: string) => ({ urn: `urn:pulumi:s::p::${type}::r`, type, name: "r" });

async function check(type: string, newInputs: PropertyMap) {
  const unused = { oldInputs: {}, randomSeed: new Uint8Array() };
  const { failures } = await provider.check({ ...request(type), ...unused, newInputs });
  return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

const create = (type: string, inputs: PropertyMap, preview = false) =>
  provider.create({ ...request(type), inputs, preview, timeout: 0 });

function textOf(value: PropertyMap[string] | undefined): string {
  const text = revealed(value ?? null);
  assert.ok(typeof text === "string");
  return text;
}

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;

describe("randomText", () => {
  const rules = fc.record({
    length: fc.integer({ min: 20, max: 60 }),
    lower: fc.boolean(),
    upper: fc.boolean(),
    numeric: fc.boolean(),
    special: fc.boolean(),
    minLower: fc.nat(5),
    minUpper: fc.nat(5),
    minNumeric: fc.nat(5),
    minSpecial: fc.nat(5),
    overrideSpecial: fc.constantFrom("", "_%@"),
  });

  it("has the length, the minima and no character that is not allowed", () => {
    fc.assert(
      fc.property(rules, (wanted) => {
        fc.pre(wanted.lower || wanted.upper || wanted.numeric || wanted.special);
        const text = randomText(wanted);
        assert.equal(text.length, wanted.length);
        const found = {
          minLower: count(text, /[a-z]/g),
          minUpper: count(text, /[A-Z]/g),
          minNumeric: count(text, /\d/g),
          minSpecial: count(text, /[^a-zA-Z\d]/g),
        };
        for (const key of ["minLower", "minUpper", "minNumeric", "minSpecial"] as const) {
          const on =
            wanted[
              (
                {
                  minLower: "lower",
                  minUpper: "upper",
                  minNumeric: "numeric",
                  minSpecial: "special",
                } as const
              )[key]
            ];
          assert.ok(on ? found[key] >= wanted[key] : found[key] === wanted[key]);
        }
        const specials = wanted.overrideSpecial === "" ? DEFAULT_SPECIAL : wanted.overrideSpecial;
        assert.ok(Array.from(text).every((c) => /[a-zA-Z\d]/.test(c) || specials.includes(c)));
      }),
    );
  });

  it("puts required characters anywhere", () => {
    const wanted = characterRules({
      length: 8,
      special: false,
      upper: false,
      lower: false,
      minUpper: 1,
    });
    const positions = new Set(
      Array.from({ length: 400 }, () => randomText(wanted).search(/[A-Z]/)),
    );
    assert.equal(positions.size, 8);
  });
});

describe("random stand-in", () => {
  it("gives passwords, bytes and their likes as secrets, and their ids away", async () => {
    const password = await create(PASSWORD, { length: 16, special: false });
    assert.ok(isSecret(password.state["result"]));
    assert.match(textOf(password.state["result"]), /^[a-zA-Z0-9]{16}$/);
    assert.equal(password.id, "none");
    const bytes = await create(BYTES, { length: 32 });
    assert.ok(isSecret(bytes.state["base64"]) && isSecret(bytes.state["hex"]));
    assert.match(textOf(bytes.state["hex"]), /^[0-9a-f]{64}$/);
    assert.equal(bytes.id, "none");
  });

  it("gives strings, ids and UUIDs in clear", async () => {
    const text = await create(STRING, { length: 5 });
    assert.equal(text.id, text.state["result"]);
    const id = await create(ID, { byteLength: 4, prefix: "x-" });
    const hex = textOf(id.state["hex"]).slice(2);
    assert.match(hex, /^[0-9a-f]{8}$/);
    assert.equal(id.state["dec"], `x-${Number.parseInt(hex, 16)}`);
    assert.equal(id.state["b64Url"], `x-${id.id}`);
    assert.match((await create(UUID, {})).id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
  });

  it("draws nothing in a preview", async () => {
    const { id, state } = await create(PASSWORD, { length: 16 }, true);
    assert.deepEqual([id, state], ["", { length: 16, result: UNKNOWN }]);
  });

  const refused: readonly [string, PropertyMap, string[]][] = [
    [PASSWORD, {}, ["length: got nothing, expected a whole number of at least 1"]],
    [PASSWORD, { length: 0 }, ["length: got 0, expected a whole number of at least 1"]],
    [
      PASSWORD,
      { length: 8, minUpper: -1 },
      ["minUpper: got -1, expected a whole number of at least 0"],
    ],
    [
      PASSWORD,
      { length: 3, minUpper: 2, minNumeric: 2 },
      [
        "length: got 3, expected at least 4, the sum of minLower, minUpper, minNumeric and minSpecial",
      ],
    ],
    [
      PASSWORD,
      { length: 3, lower: false, upper: false, numeric: false, special: false },
      ["length: expected at least one of lower, upper, numeric and special to be on"],
    ],
    [BYTES, { length: 1.5 }, ["length: got 1.5, expected a whole number of at least 1"]],
    [
      "random:index/randomInteger:RandomInteger",
      { min: 3, max: 1, seed: "s" },
      [
        "seed: the stand-in cannot repeat what the real plugin draws from a seed; leave it out",
        "max: got 1, expected a whole number of at least 3",
      ],
    ],
  ];
  for (const [type, inputs, expected] of refused) {
    it(`refuses ${type.split(":").at(-1) ?? ""} ${JSON.stringify(inputs)}`, async () => {
      assert.deepEqual(await check(type, inputs), expected);
    });
  }

  it("replaces for any changed input, keepers included, and for nothing else", async () => {
    const diff = (oldInputs: PropertyMap, newInputs: PropertyMap) =>
      provider.diff({ ...request(PASSWORD), id: "none", oldInputs, newInputs, ignoreChanges: [] });
    const before = { length: 8, keepers: { rotation: "1" } };
    assert.deepEqual([...((await diff(before, before)).changed ?? [])], []);
    const rotated = await diff(before, { length: 8, keepers: { rotation: "2" } });
    assert.deepEqual(
      [...(rotated.changed ?? [])],
      [["keepers.rotation", { kind: "update", replace: true }]],
    );
  });

  it("says which types it has when asked for another", async () => {
    await assert.rejects(check("random:index/randomPet:RandomPet", {}), {
      message:
        "random:index/randomPet:RandomPet: the stand-in for random has RandomPassword, RandomString, RandomBytes, " +
        "RandomId, RandomUuid, RandomInteger, RandomShuffle only. Use the real plugin for others.",
    });
  });
});
