import assert from "node:assert/strict";
import fc from "fast-check";
import { initialNodes } from "../../../../components/clusters/gke/pool-inputs.ts";

describe("initialNodes", () => {
  const table: [number, number, number, number][] = [
    [3, 6, 3, 1],
    [5, 20, 3, 2],
    [4, 4, 3, 1],
    [0, 9, 3, 0],
    [1, 1, 3, 0],
    [2, 2, 1, 2],
  ];
  for (const [minNodes, maxNodes, zones, expected] of table) {
    it(`is ${expected} in each of ${zones} zones for ${minNodes} to ${maxNodes} nodes`, () => {
      assert.equal(initialNodes({ minNodes, maxNodes }, zones), expected);
    });
  }

  it("never passes the maximum, and misses the minimum only where zones forbid to reach it", () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(50),
        fc.integer({ min: 1, max: 5 }),
        (minNodes, more, zones) => {
          const maxNodes = minNodes + more;
          const all = initialNodes({ minNodes, maxNodes }, zones) * zones;
          assert.ok(all <= maxNodes);
          assert.ok(all >= minNodes || all + zones > maxNodes);
        },
      ),
    );
  });
});
