import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { Box, configMap } from "./fixtures.ts";
import { problemsOf } from "./shop.ts";

const SHOP = "urn:pulumi:test::slipway::slipway:systems:Box$kubernetes:core/v1:ConfigMap";

describe("judge: identity", () => {
  it("passes a component with its namespace", async () => {
    assert.deepEqual(await problemsOf(() => undefined), []);
  });

  it("refuses two resources with one URN", async () => {
    const problems = await problemsOf((shop) => {
      for (const name of ["one", "two"]) {
        new k8s.core.v1.ConfigMap("twin", { metadata: shop.metadata(name) }, shop.opts);
      }
    });
    assert.deepEqual(problems, [
      `${SHOP}::twin: name: got 2 resources, expected one resource with this URN. ` +
        "Give each a logical name of its own, prefixed with the name of its parent.",
    ]);
  });

  it("refuses two resources for one object", async () => {
    const problems = await problemsOf((shop) => {
      for (const name of ["one", "two"]) {
        new k8s.core.v1.ConfigMap(name, { metadata: shop.metadata("settings") }, shop.opts);
      }
    });
    assert.deepEqual(problems, [
      `${SHOP}::two: metadata.name: got ConfigMap shop/settings, expected an object that ` +
        `${SHOP}::one does not create. Give it another name or namespace.`,
    ]);
  });

  it("refuses a resource that would use a default provider", async () => {
    const problems = await problemsOf(() => {
      new Box("lonely", (parent) => configMap("settings", { parent }));
    });
    assert.deepEqual(problems, [
      `${SHOP}::settings: provider: expected an explicit provider of the package kubernetes. ` +
        "Pass `providers` to the component above it and `parent: this` to it.",
    ]);
  });

  it("refuses a resource that is below no component", async () => {
    const problems = await problemsOf((shop) => {
      configMap("settings", { provider: shop.provider });
    });
    assert.deepEqual(problems, [
      "urn:pulumi:test::slipway::kubernetes:core/v1:ConfigMap::settings: parent: got the stack, " +
        "expected a component. Pass `parent: this` where the component creates it.",
    ]);
  });

  it("passes a cluster, a platform and a system below the stack", async () => {
    const problems = await problemsOf(() => {
      for (const type of ["clusters:ExistingCluster", "platform:Platform", "systems:Shop"]) {
        new Box(type.replace(":", "-"), () => undefined, {}, `slipway:${type}`);
      }
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a component that is below no component", async () => {
    const types = ["slipway:workloads:WebService", "slipway:platform:Monitoring"];
    const problems = await problemsOf(() => {
      for (const type of types) new Box("lost", () => undefined, {}, type);
    });
    assert.deepEqual(
      problems,
      types.toSorted().map((type) => {
        const urn = `urn:pulumi:test::slipway::${type}::lost`;
        return (
          `${urn}: parent: got the stack, expected a component, as of all but clusters, the platform, ` +
          "systems and the guard of destroy. Pass `parent: this` where the component creates it."
        );
      }),
    );
  });
});
