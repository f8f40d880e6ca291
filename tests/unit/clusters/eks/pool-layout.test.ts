import assert from "node:assert/strict";
import fc from "fast-check";
import { imageType } from "../../../../components/clusters/eks/node-image.ts";
import {
  nodesInZone,
  spread,
  zoneGroups,
} from "../../../../components/clusters/eks/pool-layout.ts";
import { eksSettings, nodePool } from "../../../support/eks-fixtures.ts";

const bounds = fc
  .tuple(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 60 }))
  .map(([one, other]) => ({ minNodes: Math.min(one, other), maxNodes: Math.max(one, other) }));
const zones = fc.constantFrom(2, 3, 4).map((count) => ["a", "b", "c", "d"].slice(0, count));

describe("spread", () => {
  it("is even, and adds up to the total", () => {
    assert.deepEqual(spread(5, 3), [2, 2, 1]);
    assert.deepEqual(spread(2, 3), [1, 1, 0]);
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 6 }), (total, parts) => {
        const found = spread(total, parts);
        assert.equal(found.length, parts);
        assert.equal(
          found.reduce((sum, part) => sum + part, 0),
          total,
        );
        assert.ok(Math.max(...found) - Math.min(...found) <= 1);
      }),
    );
  });
});

describe("zoneGroups", () => {
  it("meets the totals of the cluster exactly (D-79)", () => {
    fc.assert(
      fc.property(bounds, zones, (pool, names) => {
        const groups = zoneGroups({ ...eksSettings, zones: names, nodePools: [nodePool(pool)] });
        const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
        assert.equal(sum(groups.map(({ minNodes }) => minNodes)), pool.minNodes);
        assert.equal(sum(groups.map(({ maxNodes }) => maxNodes)), pool.maxNodes);
        for (const { minNodes, maxNodes } of groups) assert.ok(minNodes <= maxNodes);
      }),
    );
  });

  it("makes no group that EKS would refuse for having no nodes", () => {
    const nodePools = [nodePool({ minNodes: 1, maxNodes: 2 })];
    assert.deepEqual(
      zoneGroups({ ...eksSettings, nodePools }).map(({ zone, minNodes, maxNodes }) => [
        zone,
        minNodes,
        maxNodes,
      ]),
      [
        ["us-east-1a", 1, 1],
        ["us-east-1b", 0, 1],
      ],
    );
  });
});

describe("nodesInZone", () => {
  it("counts what is left when a zone is lost, and nodes that are being replaced", () => {
    // 20 in two zones and 6 in two zones, and two more of each pool.
    assert.equal(nodesInZone(eksSettings), 10 + 2 + 3 + 2);
  });
});

describe("imageType", () => {
  it("tells processors by the machine's name", () => {
    const arm = [
      "m7g.large",
      "c7gn.xlarge",
      "t4g.medium",
      "r6gd.2xlarge",
      "im4gn.large",
      "g5g.xlarge",
    ];
    const other = ["t3.xlarge", "m6i.large", "g4dn.xlarge", "p4d.24xlarge", "c6id.large"];
    assert.deepEqual([...new Set(arm.map(imageType))], ["BOTTLEROCKET_ARM_64"]);
    assert.deepEqual([...new Set(other.map(imageType))], ["BOTTLEROCKET_x86_64"]);
  });
});
