import assert from "node:assert/strict";
import type { GivenValues } from "../../plan/charts/check-values.ts";
import { readLedger } from "../../plan/charts/ledger-file.ts";
import { checkLedger, staleInLedger } from "../../plan/charts/ledger.ts";
import { platformVariants, variantValues } from "../../plan/charts/platform-variants.ts";

/** Enough of them to see what is wrong; a chart without an entry has one for each kind of cluster. */
const SHOWN = 10;

/** Fails with the first problems, each of which names the command to run. */
function noneOf(problems: readonly string[]): void {
  const shown = [...new Set(problems)].slice(0, SHOWN);
  assert.equal(problems.length, 0, `${problems.length} problems, such as:\n${shown.join("\n")}`);
}

describe("the ledger of chart values", function () {
  this.timeout(300_000);
  const given: GivenValues[] = [];

  before(async () => {
    for (const variant of platformVariants()) given.push(...(await variantValues(variant)));
  });

  it("vouches for every value that any kind of cluster sets, with any add-on off", () => {
    noneOf(checkLedger(given, readLedger()));
  });

  it("holds nothing that no cluster sets any more", () => {
    noneOf(staleInLedger(given, readLedger()));
  });
});
