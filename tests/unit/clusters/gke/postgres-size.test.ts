import assert from "node:assert/strict";
import fc from "fast-check";
import {
  postgresDisk,
  postgresMachine,
} from "../../../../components/clusters/gke/postgres-size.ts";

describe("postgresMachine on GKE", () => {
  const table: [string, string, string | undefined][] = [
    ["500m", "1Gi", "db-custom-1-3840"],
    ["2", "6Gi", "db-custom-2-6144"],
    ["1", "8Gi", "db-custom-2-8192"],
    ["3", "4Gi", "db-custom-4-4096"],
    ["16", "4Gi", "db-custom-16-14848"],
    ["2", "6100Mi", "db-custom-2-6144"],
    ["97", "4Gi", undefined],
    ["2", "700Gi", undefined],
  ];
  for (const [cpu, memory, expected] of table) {
    it(`is ${expected ?? "none"} for ${cpu} cpu and ${memory}`, () => {
      assert.equal(postgresMachine({ size: { cpu, memory } }), expected);
    });
  }

  it("has as much as was asked for, in the steps that Google has", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 96 }),
        fc.integer({ min: 256, max: 200_000 }),
        (cpu, mib) => {
          const machine = postgresMachine({ size: { cpu: String(cpu), memory: `${mib}Mi` } });
          const [, cores, memory] = /^db-custom-(\d+)-(\d+)$/.exec(machine ?? "") ?? [];
          const [has, room] = [Number(cores), Number(memory)];
          assert.ok(has >= cpu && room >= mib);
          assert.ok(has === 1 || has % 2 === 0);
          assert.equal(room % 256, 0);
          assert.ok(room / has <= 6656 && room / has >= 922 && room >= 3840);
        },
      ),
    );
  });
});

describe("postgresDisk on GKE", () => {
  const table: [string, number | undefined][] = [
    ["1Gi", 10],
    ["100Gi", 100],
    ["10000Mi", 10],
    ["10300Mi", 11],
    ["64Ti", 65536],
    ["65Ti", undefined],
  ];
  for (const [storage, expected] of table) {
    it(`is ${expected ?? "none"} for ${storage}`, () => {
      assert.equal(postgresDisk(storage), expected);
    });
  }
});
