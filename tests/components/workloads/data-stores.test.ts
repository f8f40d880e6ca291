import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SystemNamespace } from "../../../components/workloads/index.ts";
import { describePlanProblem, judge } from "../../../plan/judge/index.ts";
import { planModel } from "../../../plan/model/plan-model.ts";
import { recordOn } from "../../support/recorded-program.ts";
import { storeSecret } from "../../support/store-fixtures.ts";
import { createStoresOfEveryMode } from "../../support/store-modes.ts";
import { namespaceArgs } from "../../support/workload-fixtures.ts";

describe("data stores in a plan", () => {
  it("leave no judge anything to say", async () => {
    const recording = await recordOn(({ providers }) => {
      const parent = new pulumi.ComponentResource(
        "slipway:systems:Shop",
        "shop",
        {},
        { providers },
      );
      const home = new SystemNamespace("home", namespaceArgs, { parent });
      const opts = { parent, providers, dependsOn: [home] };
      const source = storeSecret("secrets", opts);
      createStoresOfEveryMode(home, source, opts);
    });
    const model = planModel(recording, {
      nodePools: [{ name: "general", cpu: "4", memory: "16Gi", minNodes: 1, maxNodes: 3 }],
      storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
    });
    const problems = judge(model).map(describePlanProblem);
    // The ground of recorded programs is no part of what is judged.
    assert.deepEqual(
      problems.filter((problem) => !problem.includes("test-earlier")),
      [],
    );
  });
});
