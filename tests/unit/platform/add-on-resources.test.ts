import assert from "node:assert/strict";
import {
  ADD_ON_RESOURCES,
  checkAddOnResources,
  resourcesOf,
  type AddOnName,
} from "../../../components/platform/add-on-resources.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import { checkResourceBounds, type ResourceBounds } from "../../../components/core/quantity.ts";

describe("resourcesOf", () => {
  it("gives the defaults where nothing is written", () => {
    assert.deepEqual(resourcesOf("certManager"), ADD_ON_RESOURCES.certManager);
  });

  it("changes what is written and nothing beside it", () => {
    const { controller, webhook } = resourcesOf("certManager", {
      controller: { limits: { memory: "1Gi" } },
    });
    const defaults = ADD_ON_RESOURCES.certManager.controller;
    assert.deepEqual(controller, { ...defaults, limits: { ...defaults.limits, memory: "1Gi" } });
    assert.deepEqual(webhook, ADD_ON_RESOURCES.certManager.webhook);
  });

  for (const [addOn, parts] of Object.entries(ADD_ON_RESOURCES)) {
    it(`${addOn}: has sound defaults`, () => {
      const problems = Object.entries<ResourceBounds>(parts).flatMap(([part, bounds]) =>
        checkResourceBounds(bounds, part),
      );
      assert.deepEqual(problems, []);
      assert.deepEqual(checkAddOnResources(addOn as AddOnName), []);
    });
  }
});

describe("checkAddOnResources", () => {
  it("names part and place of what is malformed, or larger than its limit", () => {
    const problems = checkAddOnResources("ingressNginx", {
      controller: { requests: { cpu: "2", memory: "lots" } },
      webhookJob: { requests: { cpu: "1" } },
    });
    assert.deepEqual(problems.map(describeProblem), [
      'resources.controller.requests.memory: got "lots", expected a quantity with a unit, such as ' +
        '"512Mi" or "2Gi". Add one of the units Ki, Mi, Gi, Ti.',
      "resources.webhookJob.limits.cpu: got 100m, expected at least requests.cpu (1). Raise limits.cpu " +
        "or lower requests.cpu.",
    ]);
  });
});
