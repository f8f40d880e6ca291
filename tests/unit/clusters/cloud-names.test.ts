import assert from "node:assert/strict";
import fc from "fast-check";
import { shortened, withoutDashes } from "../../../components/clusters/cloud-names.ts";

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,70}[a-z0-9])?$/);

describe("shortened", () => {
  it("leaves alone what fits, and never passes the limit", () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 10, max: 63 }), (text, longest) => {
        const short = shortened(text, longest);
        assert.ok(short.length <= longest);
        if (text.length <= longest) assert.equal(short, text);
        else assert.match(short, /^[a-z][-a-z0-9]*[a-z0-9]-[0-9a-f]{6}$|^[a-z]-[0-9a-f]{6}$/);
      }),
    );
  });

  it("is always the same, and another for another name", () => {
    const long = (end: string) => `shop-${"x".repeat(60)}-${end}`;
    assert.equal(shortened(long("a"), 30), shortened(long("a"), 30));
    assert.notEqual(shortened(long("a"), 30), shortened(long("b"), 30));
  });

  it("ends its beginning before a dash", () => {
    assert.match(shortened("shop-prod-with-a-long-name", 12), /^shop-[0-9a-f]{6}$/);
  });
});

describe("withoutDashes", () => {
  it("has small letters and digits alone, within the limit", () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 10, max: 50 }), (text, longest) => {
        const plain = withoutDashes(text, longest);
        assert.match(plain, /^[a-z0-9]+$/);
        assert.ok(plain.length <= longest);
      }),
    );
  });

  it("leaves alone what needs nothing", () => {
    assert.equal(withoutDashes("general", 12), "general");
  });

  it("keeps apart names that differ in a dash alone", () => {
    assert.notEqual(withoutDashes("shop-prod", 24), withoutDashes("shopprod", 24));
    assert.notEqual(withoutDashes("sh-opprod", 24), withoutDashes("shop-prod", 24));
  });
});
