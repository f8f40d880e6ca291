import assert from "node:assert/strict";
import fc from "fast-check";
import { describeProblem } from "../../../components/core/problem.ts";
import {
  checkResourceBounds,
  formatCpu,
  formatMemory,
  parseCpu,
  parseMemory,
} from "../../../components/core/quantity.ts";

describe("parseCpu", () => {
  const table: [string, number | undefined][] = [
    ["250m", 250],
    ["2", 2000],
    ["0.5", 500],
    ["0", undefined],
    ["0.5m", undefined],
    ["1.0001", undefined],
    ["2 cores", undefined],
    ["-1", undefined],
    ["", undefined],
  ];
  for (const [text, milli] of table) {
    it(`reads ${JSON.stringify(text)} as ${String(milli)}`, () => {
      assert.equal(parseCpu(text), milli);
    });
  }
});

describe("parseMemory", () => {
  const table: [string, number | undefined][] = [
    ["512Mi", 512 * 2 ** 20],
    ["2Gi", 2 ** 31],
    ["1.5Gi", 1.5 * 2 ** 30],
    ["512", undefined],
    ["512M", undefined],
    ["512mb", undefined],
    ["0Gi", undefined],
  ];
  for (const [text, bytes] of table) {
    it(`reads ${JSON.stringify(text)} as ${String(bytes)}`, () => {
      assert.equal(parseMemory(text), bytes);
    });
  }
});

describe("formatting a quantity", () => {
  it("keeps millicores exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (milli) => {
        assert.equal(parseCpu(formatCpu(milli)), milli);
      }),
    );
  });

  it("never loses memory and adds less than one Mi", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 45 }), (bytes) => {
        const written = parseMemory(formatMemory(bytes)) ?? 0;
        assert.ok(written >= bytes && written - bytes < 2 ** 20);
      }),
    );
  });
});

describe("checkResourceBounds", () => {
  it("names the limit that is below its request", () => {
    const bounds = {
      requests: { cpu: "2", memory: "1Gi" },
      limits: { cpu: "500m", memory: "1Gi" },
    };
    assert.deepEqual(checkResourceBounds(bounds, "backend.resources").map(describeProblem), [
      "backend.resources.limits.cpu: got 500m, expected at least requests.cpu (2). " +
        "Raise limits.cpu or lower requests.cpu.",
    ]);
  });

  it("complains of units only, when units are missing", () => {
    const bounds = {
      requests: { cpu: "2", memory: "512" },
      limits: { cpu: "1", memory: "1Gi" },
    };
    assert.deepEqual(checkResourceBounds(bounds, "resources").map(describeProblem), [
      'resources.requests.memory: got "512", expected a quantity with a unit, ' +
        'such as "512Mi" or "2Gi". Add one of the units Ki, Mi, Gi, Ti.',
    ]);
  });
});
