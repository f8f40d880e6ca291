import assert from "node:assert/strict";
import { message, onOwnCluster } from "./stack-sources.ts";

const CPU = "slipway:cluster.nodePools[0].cpu";
const MEMORY = "slipway:cluster.nodePools[0].memory";
const REPLICAS = "slipway:systems.kaizenStudio.frontend.replicas";
const HOST = "slipway:systems.kaizenStudio.host";
const UNIT =
  'expected a quantity with a unit, such as "512Mi" or "2Gi". Add one of the units Ki, Mi, Gi, Ti.';
const CPU_FORM = 'expected a CPU quantity such as "250m" or "2".';
const WHOLE = "expected a whole number from 1 to 20.";

const CASES: readonly [path: string, value: unknown, problem: string][] = [
  [MEMORY, 0, `got 0, ${UNIT}`],
  [MEMORY, 512, `got 512, ${UNIT}`],
  [MEMORY, 1e3, `got 1000, ${UNIT}`],
  [CPU, 0, `got 0, ${CPU_FORM} Write it in this form.`],
  [CPU, 1e21, `got 1e+21, ${CPU_FORM} Write it in this form.`],
  [CPU, 0.5, `got 0.5, ${CPU_FORM} Write it in quotes: "0.5".`],
  [CPU, Infinity, `got Infinity, ${CPU_FORM} Write it in this form.`],
  [REPLICAS, 1e20, `got 100000000000000000000, ${WHOLE} Lower it to 20 or less.`],
  [REPLICAS, -1e20, `got -100000000000000000000, ${WHOLE} Raise it to 1 or more.`],
  [REPLICAS, Infinity, `got Infinity, ${WHOLE} Write a number from 1 to 20.`],
  [REPLICAS, NaN, `got NaN, ${WHOLE} Write a number from 1 to 20.`],
  [REPLICAS, "50", `got "50", ${WHOLE} Write digits, without quotes.`],
  [
    HOST,
    3,
    "got 3, expected a host name such as studio.example.com, without scheme, port or path. " +
      "Write it in this form.",
  ],
];

describe("checkStack, in its remedies", () => {
  for (const [path, value, problem] of CASES) {
    it(`leads from ${String(value)} in ${path} to no second error`, () => {
      assert.equal(
        message(onOwnCluster("prod", { [path]: value })),
        `Pulumi.prod.yaml: ${path}: ${problem}`,
      );
    });
  }
});
