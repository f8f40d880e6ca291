import assert from "node:assert/strict";
import fc from "fast-check";
import {
  allocateSubnets,
  checkOverlaps,
  checkPrivateRange,
  contains,
  formatRange,
  overlap,
  parseRange,
  sizeOf,
  smallestNetwork,
  type AddressRange,
} from "../../../components/clusters/address-ranges.ts";
import { describeProblem } from "../../../components/core/problem.ts";

const range = fc
  .record({
    prefix: fc.integer({ min: 0, max: 32 }),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  })
  .map(({ prefix, at }): AddressRange => ({
    first: Math.floor(at * 2 ** prefix) * sizeOf(prefix),
    prefix,
  }));
const wanted = fc
  .array(fc.integer({ min: 18, max: 30 }), { maxLength: 8 })
  .map((prefixes) => prefixes.map((prefix, index) => ({ name: `part-${index}`, prefix })));

function parsed(cidr: string): AddressRange {
  const found = parseRange(cidr);
  assert.ok(found, cidr);
  return found;
}

const lastOf = ({ first, prefix }: AddressRange) => first + sizeOf(prefix) - 1;

describe("parseRange", () => {
  it("reads what formatRange writes", () => {
    fc.assert(
      fc.property(range, (one) => {
        assert.deepEqual(parseRange(formatRange(one)), one);
      }),
    );
  });

  for (const text of [
    "10.0.0.1/8",
    "10.0.0.0",
    "10.0.0/8",
    "010.0.0.0/8",
    "fd00::/8",
    "",
    "10.0.0.0/33",
  ]) {
    it(`takes no ${JSON.stringify(text)}`, () => {
      assert.equal(parseRange(text), undefined);
    });
  }
});

describe("overlap and contains", () => {
  it("are what comparing the addresses one by one says", () => {
    fc.assert(
      fc.property(range, range, (one, other) => {
        const shared = Math.min(lastOf(one), lastOf(other)) >= Math.max(one.first, other.first);
        assert.equal(overlap(one, other), shared);
        assert.equal(overlap(other, one), shared);
        // Ranges of this kind never overlap in part.
        assert.equal(shared, contains(one, other) || contains(other, one));
      }),
    );
  });
});

describe("allocateSubnets", () => {
  it("gives each part its size, inside the network, off the others and in order", () => {
    fc.assert(
      fc.property(wanted, fc.integer({ min: 8, max: 28 }), (parts, prefix) => {
        const cidr = `10.0.0.0/${prefix}`;
        const found = allocateSubnets(cidr, parts);
        fc.pre(found !== undefined);
        const ranges = [...found.values()].map(parsed);
        assert.deepEqual(
          [...found.keys()],
          parts.map(({ name }) => name),
        );
        assert.deepEqual(
          ranges.map((one) => one.prefix),
          parts.map((part) => part.prefix),
        );
        for (const [index, one] of ranges.entries()) {
          assert.ok(contains(parsed(cidr), one));
          const before = ranges[index - 1];
          assert.ok(before === undefined || lastOf(before) < one.first);
        }
      }),
    );
  });

  it("moves nothing when a part is added at the end", () => {
    fc.assert(
      fc.property(wanted, fc.integer({ min: 18, max: 30 }), (parts, prefix) => {
        const before = allocateSubnets("10.0.0.0/12", parts);
        const after = allocateSubnets("10.0.0.0/12", [...parts, { name: "new", prefix }]);
        assert.ok(before && after);
        for (const [name, cidr] of before) assert.equal(after.get(name), cidr);
      }),
    );
  });

  it("finds nothing in what is no range", () => {
    assert.equal(allocateSubnets("10.0.0.1/8", []), undefined);
  });
});

describe("smallestNetwork", () => {
  it("holds all parts, and the next smaller one does not", () => {
    fc.assert(
      fc.property(wanted, (parts) => {
        const prefix = smallestNetwork(parts);
        assert.ok(prefix !== undefined);
        assert.ok(allocateSubnets(`10.0.0.0/${prefix}`, parts));
        if (prefix < 32) assert.equal(allocateSubnets(`10.0.0.0/${prefix + 1}`, parts), undefined);
      }),
    );
  });

  it("is none where nothing is large enough", () => {
    const huge = Array.from({ length: 3 }, (_, index) => ({ name: String(index), prefix: 9 }));
    assert.equal(smallestNetwork(huge), undefined);
  });
});

describe("checkPrivateRange", () => {
  it("accepts ranges that are nobody's on the internet", () => {
    for (const cidr of ["10.0.0.0/8", "172.16.0.0/12", "192.168.7.0/24", "100.64.0.0/10"]) {
      assert.deepEqual(checkPrivateRange("network.cidr", cidr), []);
    }
  });

  it("refuses what is somebody's, and what reaches out of a private block", () => {
    for (const cidr of ["8.8.8.0/24", "172.0.0.0/8", "0.0.0.0/0"]) {
      assert.deepEqual(checkPrivateRange("network.cidr", cidr).map(describeProblem), [
        `network.cidr: got "${cidr}", expected a range inside 10.0.0.0/8, 172.16.0.0/12, ` +
          "192.168.0.0/16, 100.64.0.0/10. Choose a range that is nobody's on the internet.",
      ]);
    }
  });

  it("says how a range is written", () => {
    assert.deepEqual(checkPrivateRange("network.cidr", "10.0.0.1/8").map(describeProblem), [
      'network.cidr: got "10.0.0.1/8", expected an IPv4 range that begins at its own first address, ' +
        "such as 10.64.0.0/16. Write it in this form, with zeros behind the prefix.",
    ]);
  });
});

describe("checkOverlaps", () => {
  it("names both of each pair, and nobody else", () => {
    const found = checkOverlaps([
      { path: "a", cidr: "10.0.0.0/8" },
      { path: "b", cidr: "10.1.0.0/16" },
      { path: "c", cidr: "192.168.0.0/16" },
      { path: "d", cidr: "nonsense" },
    ]);
    assert.deepEqual(found.map(describeProblem), [
      "b: got 10.1.0.0/16, expected no address of a (10.0.0.0/8). Move one of the two.",
    ]);
  });

  it("finds as many as there are pairs that overlap", () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
        const named = ranges.map((one, index) => ({ path: String(index), cidr: formatRange(one) }));
        const pairs = ranges.flatMap((one, index) =>
          ranges.slice(index + 1).filter((other) => overlap(one, other)),
        );
        assert.equal(checkOverlaps(named).length, pairs.length);
      }),
    );
  });
});
