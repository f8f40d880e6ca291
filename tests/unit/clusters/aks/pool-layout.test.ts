import assert from "node:assert/strict";
import fc from "fast-check";
import {
  aksLabels,
  aksTaints,
  poolLayout,
  surgeNodes,
} from "../../../../components/clusters/aks/pool-layout.ts";
import { osDiskType } from "../../../../components/clusters/aks/pool-inputs.ts";
import { contractPools } from "../../../../components/clusters/node-pools.ts";
import type { CloudNodePoolSettings } from "../../../../components/clusters/settings.ts";
import { aksSettings } from "../../../support/aks-fixtures.ts";

const pool = (more: Partial<CloudNodePoolSettings>): CloudNodePoolSettings => ({
  name: "general",
  role: "general",
  machineType: "Standard_D4s_v3",
  minNodes: 1,
  maxNodes: 3,
  diskGb: 100,
  spot: false,
  ...more,
});

const SPOT = pool({ name: "batch", role: "interruptible", spot: true });

const poolName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/);

describe("poolLayout", () => {
  it("makes a pool per zone, system pools first", () => {
    assert.deepEqual(
      poolLayout(aksSettings).map((one) => [one.name, one.zone, one.minCount, one.maxCount]),
      [
        ["system1", "1", 1, 2],
        ["system2", "2", 1, 2],
        ["system3", "3", 1, 2],
        ["general1", "1", 2, 7],
        ["general2", "2", 2, 7],
        ["general3", "3", 2, 7],
      ],
    );
  });

  it("reaches every total with the fewest nodes per zone that do", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 1000 }), (min, max) => {
        const nodePools = [pool({ minNodes: min, maxNodes: max })];
        const layout = poolLayout({ ...aksSettings, nodePools });
        const sum = (of: "minCount" | "maxCount") =>
          layout.reduce((total, one) => total + one[of], 0);
        for (const [total, wanted] of [
          [sum("minCount"), min],
          [sum("maxCount"), max],
        ] as const) {
          assert.ok(total >= wanted && total - wanted < 3);
        }
      }),
    );
  });

  it("gives names that AKS takes, and different ones to different pools", () => {
    fc.assert(
      fc.property(fc.uniqueArray(poolName, { minLength: 1, maxLength: 5 }), (names) => {
        const nodePools = names.map((name) => pool({ name }));
        const found = poolLayout({ ...aksSettings, nodePools }).map(({ name }) => name);
        assert.ok(found.every((name) => /^[a-z][a-z0-9]{0,11}$/.test(name)));
        assert.equal(new Set(found).size, found.length);
      }),
    );
  });
});

describe("nodes that may be taken away", () => {
  it("carry the label and the taint that AKS puts on them anyway", () => {
    assert.deepEqual(aksLabels(SPOT), {
      "slipway.local/pool-role": "interruptible",
      "kubernetes.azure.com/scalesetpriority": "spot",
    });
    assert.deepEqual(aksTaints(SPOT), [
      "slipway.local/interruptible=true:NoSchedule",
      "kubernetes.azure.com/scalesetpriority=spot:NoSchedule",
    ]);
  });

  it("show that taint to those above the cluster too", () => {
    const [only] = contractPools({ ...aksSettings, nodePools: [SPOT] });
    assert.deepEqual(
      only?.taints?.map(({ key }) => key),
      ["slipway.local/interruptible", "kubernetes.azure.com/scalesetpriority"],
    );
  });

  it("are replaced in an upgrade without any added", () => {
    const surge = (settings: CloudNodePoolSettings) =>
      poolLayout({ ...aksSettings, zones: ["1"], nodePools: [settings] }).map(surgeNodes);
    assert.deepEqual(surge({ ...SPOT, maxNodes: 10 }), [0]);
    assert.deepEqual(surge(pool({ maxNodes: 10 })), [4]);
  });
});

describe("osDiskType", () => {
  const table: [string, number, string][] = [
    ["Standard_D4s_v3", 100, "Ephemeral"],
    ["Standard_D4s_v3", 101, "Managed"],
    // Made without any disk of its own.
    ["Standard_D4s_v5", 64, "Managed"],
    ["Standard_Unheard_of", 64, "Managed"],
  ];
  for (const [machineType, diskGb, expected] of table) {
    it(`is ${expected} for ${diskGb} GB on ${machineType}`, () => {
      assert.equal(osDiskType(machineType, diskGb), expected);
    });
  }
});
