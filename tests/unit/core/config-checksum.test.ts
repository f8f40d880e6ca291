import assert from "node:assert/strict";
import fc from "fast-check";
import { configChecksum } from "../../../components/core/config-checksum.ts";

const data = fc.dictionary(fc.stringMatching(/^[A-Z_]{1,6}$/), fc.string());
const hash = /^[0-9a-f]{64}$/;

describe("configChecksum", () => {
  it("is the same for the same entries in any order", () => {
    fc.assert(
      fc.property(data, fc.string(), (entries, salt) => {
        const reversed = Object.fromEntries(Object.entries(entries).toReversed());
        assert.equal(configChecksum(reversed, salt), configChecksum(entries, salt));
        assert.match(configChecksum(entries, salt), hash);
      }),
    );
  });

  it("changes with any value", () => {
    fc.assert(
      fc.property(data, fc.nat(), fc.string({ minLength: 1 }), (entries, pick, more) => {
        const keys = Object.keys(entries);
        const key = keys[pick % Math.max(keys.length, 1)] ?? "NEW";
        const changed = { ...entries, [key]: `${entries[key] ?? ""}${more}` };
        assert.notEqual(configChecksum(changed, "salt"), configChecksum(entries, "salt"));
      }),
    );
  });

  it("tells where one value ends and the next key begins", () => {
    assert.notEqual(configChecksum({ A: "1", B: "2" }), configChecksum({ A: '1","B":"2' }));
    assert.notEqual(configChecksum({ A: "BC" }), configChecksum({ AB: "C" }));
  });

  it("is another under another salt, so that it cannot be looked up", () => {
    const salts = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{32}$/), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(data, salts, (entries, [one, other]) => {
        assert.notEqual(configChecksum(entries, one), configChecksum(entries, other));
      }),
    );
  });
});
