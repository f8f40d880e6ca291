import assert from "node:assert/strict";
import {
  disruptionBudget,
  topologySpread,
} from "../../../components/platform/high-availability.ts";

describe("disruptionBudget", () => {
  const table: [number, object][] = [
    [1, { enabled: false }],
    [2, { enabled: true, minAvailable: 1 }],
    [5, { enabled: true, minAvailable: 4 }],
  ];
  for (const [replicas, budget] of table) {
    it(`${replicas} replicas: ${JSON.stringify(budget)}`, () => {
      assert.deepEqual(disruptionBudget(replicas), budget);
    });
  }
});

describe("topologySpread", () => {
  it("says nothing of a single replica", () => {
    assert.deepEqual(topologySpread(1, { app: "demo" }), []);
  });

  it("spreads over zones and nodes, and never keeps a pod pending", () => {
    const constraint = {
      maxSkew: 1,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { app: "demo" } },
    };
    assert.deepEqual(topologySpread(2, { app: "demo" }), [
      { ...constraint, topologyKey: "topology.kubernetes.io/zone" },
      { ...constraint, topologyKey: "kubernetes.io/hostname" },
    ]);
  });
});
