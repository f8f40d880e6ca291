import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { DestroyGuard } from "../../components/core/destroy-guard.ts";
import { byName } from "../../plan/recording.ts";
import { dependencyNames, outline, recordOn } from "../support/recorded-program.ts";

/** Stands for what a stack is made of: a component with a resource in it. */
class Part extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("slipway:test:Part", name, {}, opts);
    const metadata = { name, namespace: "test" };
    new k8s.core.v1.ConfigMap(`${name}-config`, { metadata }, { parent: this });
    this.registerOutputs();
  }
}

const recordGuard = (protect: boolean) =>
  recordOn(({ providers, earlier }) => {
    const parts = ["platform", "system"].map((name) => new Part(name, { providers }));
    new DestroyGuard("guard", { protect }, { providers, dependsOn: [...parts, earlier] });
  });

describe("DestroyGuard", () => {
  it("is one value that nobody reads", async () => {
    const own = outline(await recordGuard(true)).filter((line) => line.includes("guard"));
    assert.deepEqual(own, ["DestroyGuard guard", "RandomId guard-last"]);
  });

  for (const protect of [true, false]) {
    it(`protect ${protect}: so is its value, and nothing beside it`, async () => {
      const { resources } = await recordGuard(protect);
      const kept = resources.filter((resource) => resource.protect).map(({ name }) => name);
      assert.deepEqual(kept, protect ? ["guard-last"] : []);
    });
  }

  it("comes after all that it guards, components' children too, and so goes first", async () => {
    const recording = await recordGuard(true);
    assert.deepEqual(dependencyNames(byName(recording, "guard-last")), [
      "platform-config",
      "system-config",
      "test-earlier",
    ]);
  });
});
