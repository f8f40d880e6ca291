import assert from "node:assert/strict";
import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { UNSIZED_CONTAINER } from "../../../components/platform/add-on-namespace.ts";
import { AddOnNamespace } from "../../../components/platform/index.ts";
import { checkResourceBounds } from "../../../components/core/quantity.ts";
import { byName } from "../../../plan/recording.ts";
import { SURROUNDINGS } from "../../support/platform-cluster.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const recordHome = () =>
  recordOn(({ providers, earlier }) => {
    const place = { namespace: "here", podSecurity: "restricted", traffic: {} } as const;
    new AddOnNamespace(
      "home",
      { ...place, surroundings: SURROUNDINGS },
      { providers, dependsOn: [earlier] },
    );
  });

describe("AddOnNamespace", () => {
  it("has a namespace, and in it sizes for containers without and a policy of traffic", async () => {
    const recording = await recordHome();
    assert.deepEqual(outline(recording), [
      "AddOnNamespace home",
      "LimitRange home-limits",
      "Namespace home-namespace",
      "NetworkPolicy home-traffic",
    ]);
    for (const inside of ["home-limits", "home-traffic"]) {
      assert.deepEqual(dependencyNames(byName(recording, inside)), [
        "home-namespace",
        "test-earlier",
      ]);
    }
  });

  it("gives containers sizes where a chart gives none, and bounds to nobody", async () => {
    const { spec } = byName(await recordHome(), "home-limits").inputs;
    assert.deepEqual(spec, { limits: [{ type: "Container", ...UNSIZED_CONTAINER }] });
    const { defaultRequest: requests, default: limits } = UNSIZED_CONTAINER;
    assert.deepEqual(checkResourceBounds({ requests, limits }, "sizes"), []);
  });

  it("is not asked for sizes by what we install", () => {
    const halves = Object.values(ADD_ON_RESOURCES)
      .flatMap((parts) => Object.values<object>(parts))
      .filter((bounds) => !("requests" in bounds && "limits" in bounds));
    assert.deepEqual(halves, []);
  });
});
