import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkPostgresSize,
  postgresDisk,
  postgresMachine,
} from "../../../../components/clusters/aks/postgres-size.ts";
import { postgresServerName } from "../../../../components/clusters/aks/managed-postgres.ts";
import { describeProblem } from "../../../../components/core/problem.ts";
import { aksSettings, postgresRequest, SUBSCRIPTION } from "../../../support/aks-fixtures.ts";

describe("postgresMachine", () => {
  const table: [string, string, boolean, string][] = [
    ["500m", "1Gi", false, "Standard_B1ms"],
    ["500m", "1Gi", true, "Standard_D2ds_v5"],
    ["2", "8Gi", true, "Standard_D2ds_v5"],
    ["2", "9Gi", true, "Standard_E2ds_v5"],
    ["4", "8Gi", true, "Standard_D4ds_v5"],
    ["32", "128Gi", true, "Standard_D32ds_v5"],
  ];
  for (const [cpu, memory, highlyAvailable, expected] of table) {
    it(`is ${expected} for ${cpu} cpu and ${memory}${highlyAvailable ? ", with a stand-by" : ""}`, () => {
      assert.equal(postgresMachine({ size: { cpu, memory }, highlyAvailable })?.name, expected);
    });
  }

  it("has at least what is asked for, or is not there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 160 }), (cpu, gib) => {
        const size = { cpu: String(cpu), memory: `${gib}Gi` };
        const machine = postgresMachine({ size, highlyAvailable: true });
        assert.equal(machine === undefined, cpu > 32 || gib > 128);
        if (machine !== undefined) assert.ok(machine.cores >= cpu && machine.memoryGiB >= gib);
      }),
    );
  });
});

describe("postgresDisk", () => {
  const table: [string, number | undefined][] = [
    ["1Gi", 32],
    ["32Gi", 32],
    ["50Gi", 64],
    ["16Ti", 16384],
    ["17Ti", undefined],
  ];
  for (const [storage, expected] of table) {
    it(`is ${expected ?? "not to be had"} for ${storage}`, () => {
      assert.equal(postgresDisk(storage), expected);
    });
  }
});

describe("checkPostgresSize", () => {
  it("refuses what Azure has no machine or disk for, both at once", () => {
    const request = postgresRequest({ size: { cpu: "64", memory: "1Gi" }, storage: "20Ti" });
    assert.deepEqual(checkPostgresSize(request).map(describeProblem), [
      "size: got cpu 64, memory 1Gi, expected at most 32 cpu and 128Gi. Ask for less.",
      "storage: got 20Ti, expected at most 16384Gi. Ask for less.",
    ]);
  });
});

describe("postgresServerName", () => {
  it("is short enough, always the same, and another one in another subscription", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/),
        fc.stringMatching(/^[a-z]([-a-z0-9]{0,28}[a-z0-9])?$/),
        (name, server) => {
          const found = postgresServerName({ name, subscription: SUBSCRIPTION }, server);
          assert.match(found, /^[a-z][-a-z0-9]{1,61}[a-z0-9]$/);
          assert.equal(found, postgresServerName({ name, subscription: SUBSCRIPTION }, server));
          assert.notEqual(found, postgresServerName({ name, subscription: "other" }, server));
        },
      ),
    );
  });

  it("can be read", () => {
    assert.match(postgresServerName(aksSettings, "orders"), /^shop-prod-orders-[0-9a-f]{6}$/);
  });
});
