import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PlanEntry } from "../support/comparable-state.ts";
import { ROOT, runPlan } from "./run-plan.ts";
import { plannedCloud, type PlannedCloud } from "./secure-clusters/planned-cloud.ts";
import { SECURE_PROPERTIES } from "./secure-clusters/properties.ts";
import { secureClustersTable } from "./secure-clusters/table.ts";

const EXAMPLES = { gke: "", eks: "eks", aks: "aks" } as const;

/** The plan with nothing set on any resource of a cloud: what no property may hold on. */
function stripped(entries: readonly PlanEntry[]): PlannedCloud {
  return plannedCloud(
    entries.map((entry) => ({ ...entry, inputs: {}, protect: false, dependencies: [] })),
  );
}

for (const [kind, example] of Object.entries(EXAMPLES) as [keyof typeof EXAMPLES, string][]) {
  describe(`the secure cluster contract on ${kind}, as prod is planned`, () => {
    let entries: PlanEntry[];

    before(async () => {
      const out = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-secure-"));
      const run = await runPlan(["--stack", "prod", "--cluster", example, "--out", out]);
      assert.equal(run.code, 0, run.stderr);
      const folder = example === "" ? "prod" : `prod-${example}`;
      const text = fs.readFileSync(path.join(out, folder, "resources.json"), "utf8");
      entries = JSON.parse(text) as PlanEntry[];
      fs.rmSync(out, { recursive: true });
    });

    for (const property of SECURE_PROPERTIES) {
      const proof = property[kind];
      if ("cannot" in proof) continue;
      it(`${property.name}: ${proof.how}`, () => {
        assert.ok(proof.holds(plannedCloud(entries)), `${kind} does not have it`);
        assert.ok(!proof.holds(stripped(entries)), "nothing could make this fail");
      });
    }
  });
}

describe("docs/reference/secure-clusters.md", () => {
  it("is what the properties say (else run: make generate)", () => {
    const file = path.join(ROOT, "docs/reference/secure-clusters.md");
    assert.equal(fs.readFileSync(file, "utf8"), secureClustersTable());
  });
});
