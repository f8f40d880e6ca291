import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkNodePools,
  contractPools,
  machineSize,
  perZone,
  poolLabels,
  poolTaints,
} from "../../../components/clusters/node-pools.ts";
import {
  POOL_ROLES,
  type CloudNodePoolSettings,
  type CloudSettings,
} from "../../../components/clusters/settings.ts";
import type { Guard } from "../../../components/core/guard.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import { eksSettings, nodePool } from "../../support/eks-fixtures.ts";

const SYSTEM = nodePool({ name: "system", role: "system", minNodes: 3, maxNodes: 3 });

const withPools = (...nodePools: readonly CloudNodePoolSettings[]): CloudSettings => ({
  ...eksSettings,
  nodePools,
});

/** What is wrong with pools beside a sound one for the cluster's own parts. */
const complaints = (pool: CloudNodePoolSettings, guard: Guard = "strict") =>
  checkNodePools(withPools(SYSTEM, pool), guard, 30).map(describeProblem);

describe("poolTaints", () => {
  it("keeps ordinary pods off every pool but the general ones", () => {
    assert.deepEqual(
      POOL_ROLES.map((role) => [role, poolTaints("eks", role).map(({ key }) => key)]),
      [
        ["system", ["CriticalAddonsOnly"]],
        ["general", []],
        ["interruptible", ["slipway.local/interruptible"]],
        ["high-performance", ["node-type"]],
      ],
    );
  });

  it("takes the taint on GKE that Google's own parts tolerate", () => {
    assert.deepEqual(poolTaints("gke", "system"), [
      { key: "components.gke.io/gke-managed-components", value: "true", effect: "NoSchedule" },
    ]);
  });
});

describe("poolLabels", () => {
  it("says what nodes are for, and lets the low-latency profile find its own (P-22)", () => {
    assert.deepEqual(poolLabels("general"), { "slipway.local/pool-role": "general" });
    assert.deepEqual(poolLabels("high-performance"), {
      "slipway.local/pool-role": "high-performance",
      "node-type": "high-performance",
    });
  });
});

describe("machineSize", () => {
  it("knows the sizes that the guides name", () => {
    const sizes = [
      ["gke", "n2-standard-4"],
      ["eks", "t3.xlarge"],
      ["aks", "Standard_D4s_v3"],
    ] as const;
    for (const [kind, machineType] of sizes) {
      assert.deepEqual(machineSize(kind, nodePool({ machineType })), { cpu: "4", memory: "16Gi" });
    }
  });

  it("takes the settings' word for others, and no name that every object has", () => {
    const own = { cpu: "64", memory: "512Gi" };
    assert.deepEqual(machineSize("eks", nodePool({ machineType: "r7i.16xlarge", ...own })), own);
    assert.equal(machineSize("eks", nodePool({ machineType: "r7i.16xlarge" })), undefined);
    assert.equal(machineSize("eks", nodePool({ machineType: "constructor" })), undefined);
  });
});

describe("contractPools", () => {
  it("gives the size of one node, the totals, labels and taints", () => {
    assert.deepEqual(contractPools(withPools(SYSTEM, nodePool())), [
      {
        name: "system",
        cpu: "4",
        memory: "16Gi",
        minNodes: 3,
        maxNodes: 3,
        labels: { "slipway.local/pool-role": "system" },
        taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }],
      },
      {
        name: "general",
        cpu: "4",
        memory: "16Gi",
        minNodes: 5,
        maxNodes: 20,
        labels: { "slipway.local/pool-role": "general" },
      },
    ]);
  });

  it("leaves out pools of unknown size", () => {
    assert.deepEqual(contractPools(withPools(nodePool({ machineType: "r9.huge" }))), []);
  });
});

describe("perZone", () => {
  it("is the smallest number that reaches the total (D-79)", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 6 }), (total, zones) => {
        const each = perZone(total, zones);
        assert.ok(each * zones >= total);
        assert.ok((each - 1) * zones < total);
      }),
    );
  });
});

describe("checkNodePools", () => {
  it("finds nothing wrong with the pools of the guides", () => {
    assert.deepEqual(complaints(nodePool()), []);
  });

  it("refuses a machine type of unknown size", () => {
    const [complaint = "", ...more] = complaints(nodePool({ machineType: "m9.large" }));
    assert.match(
      complaint,
      /^nodePools\[1\]\.machineType: got "m9\.large", expected one of t3\.large, .*, or cpu and memory beside it\. Write one of these, or add cpu and memory of one such machine\.$/,
    );
    assert.deepEqual(more, []);
  });

  it("refuses more nodes at least than at most", () => {
    assert.deepEqual(complaints(nodePool({ minNodes: 6, maxNodes: 5 })), [
      "nodePools[1].maxNodes: got 5, expected at least minNodes (6). Raise maxNodes or lower minNodes.",
    ]);
  });

  it("refuses a disk that does not hold the node's image", () => {
    assert.deepEqual(complaints(nodePool({ diskGb: 29 })), [
      "nodePools[1].diskGb: got 29, expected at least 30, which the node image and its containers " +
        "need. Raise it to 30 or more.",
    ]);
    assert.deepEqual(complaints(nodePool({ diskGb: 30 })), []);
  });

  it("refuses nodes under data that vanish, unless guard is relaxed", () => {
    const spot = nodePool({ spot: true });
    assert.deepEqual(complaints(spot), [
      "nodePools[1].spot: got true, expected false for every role but interruptible, because " +
        "slipway:guard is strict and data would stand on nodes that vanish. Write false, or make " +
        "the pool's role interruptible.",
    ]);
    assert.deepEqual(complaints(spot, "relaxed"), []);
    const interruptible = nodePool({ name: "batch", role: "interruptible", spot: true });
    assert.deepEqual(
      checkNodePools(withPools(SYSTEM, nodePool(), interruptible), "strict", 30),
      [],
    );
  });

  it("wants a node in every zone under strict, where pods rely on the pool", () => {
    const few = nodePool({ minNodes: 2 });
    assert.deepEqual(complaints(few), [
      "nodePools[1].minNodes: got 2, expected at least one for each of the 3 zones, because " +
        "slipway:guard is strict. Raise minNodes to 3 or more.",
    ]);
    assert.deepEqual(complaints(few, "relaxed"), []);
    const fast = nodePool({ name: "fast", role: "high-performance", minNodes: 0 });
    assert.deepEqual(checkNodePools(withPools(SYSTEM, nodePool(), fast), "strict", 30), []);
  });

  it("wants a pool for the cluster's own parts and one for all others", () => {
    assert.deepEqual(checkNodePools(withPools(), "strict", 30).map(describeProblem), [
      "nodePools: got no such pool, expected a pool with the role system. Add a small pool with " +
        "role system: what the cluster itself runs has its place there.",
      "nodePools: got no such pool, expected a pool with the role general. Add a pool with role " +
        "general: every other pool is tainted.",
    ]);
  });

  it("refuses a name twice", () => {
    assert.deepEqual(
      checkNodePools(withPools(SYSTEM, nodePool(), nodePool()), "strict", 30).map(describeProblem),
      [
        'nodePools[2].name: got "general", expected a name that no other pool has. Give it another name.',
      ],
    );
  });

  it("names everything that is wrong at once", () => {
    const bad = nodePool({
      machineType: "m9.large",
      minNodes: 2,
      maxNodes: 1,
      diskGb: 1,
      spot: true,
    });
    assert.equal(complaints(bad).length, 5);
  });
});
