import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { AdmissionPolicies } from "../../components/platform/index.ts";
import type { Guard } from "../../components/core/guard.ts";
import { ANY_SYSTEM_NAMESPACE } from "../../components/core/labels.ts";
import { problemsOf, type Shop } from "./shop.ts";

/** A workload in a namespace with these labels. */
function workload(shop: Shop, images: readonly string[], labels: Readonly<Record<string, string>>) {
  const namespace = new k8s.core.v1.Namespace(
    "system-namespace",
    { metadata: { name: "system", labels } },
    { parent: shop.parent },
  );
  const requests = { cpu: "100m", memory: "128Mi" };
  const [image = "", ...starting] = images;
  const app = { app: "web" };
  new k8s.apps.v1.Deployment(
    "system-web",
    {
      metadata: { name: "web", namespace: "system", labels: app },
      spec: {
        selector: { matchLabels: app },
        template: {
          metadata: { labels: app },
          spec: {
            containers: [{ name: "web", image, resources: { requests } }],
            initContainers: starting.map((start) => ({
              name: "wait",
              image: start,
              resources: { requests },
            })),
          },
        },
      },
    },
    { parent: shop.parent, dependsOn: [namespace] },
  );
}

const rules = (shop: Shop, guard: Guard, ...allowedRegistries: string[]) =>
  new AdmissionPolicies("rules", { guard, allowedRegistries }, { parent: shop.parent });

describe("judge: admission", () => {
  it("passes images of the registries that the policies allow, named or not", async () => {
    const problems = await problemsOf((shop) => {
      rules(shop, "strict", "registry.test/team", "docker.io");
      workload(shop, ["registry.test/team/web:v1", "busybox:1.37"], ANY_SYSTEM_NAMESPACE);
    });
    assert.deepEqual(problems, []);
  });

  it("refuses others, in the containers of a pod's start too", async () => {
    const problems = await problemsOf((shop) => {
      rules(shop, "strict", "registry.test/team", "quay.io");
      workload(shop, ["registry.test/web:v1", "busybox:1.37"], ANY_SYSTEM_NAMESPACE);
    });
    const place = "Deployment system/web: spec.template.spec";
    const rest =
      "expected an image of registry.test/team or quay.io, as slipway-image-registry asks. Mirror it " +
      "there, or add its registry to slipway:platform.admission.allowedRegistries.";
    assert.deepEqual(problems, [
      `${place}.initContainers.wait.image: got "busybox:1.37", ${rest}`,
      `${place}.containers.web.image: got "registry.test/web:v1", ${rest}`,
    ]);
  });

  it("asks nothing where the policies only warn, name no registry, or do not look", async () => {
    const everywhere: [Guard, string[], Readonly<Record<string, string>>][] = [
      ["relaxed", ["registry.test"], ANY_SYSTEM_NAMESPACE],
      ["strict", [], ANY_SYSTEM_NAMESPACE],
      ["strict", ["registry.test"], {}],
    ];
    for (const [guard, registries, labels] of everywhere) {
      const problems = await problemsOf((shop) => {
        rules(shop, guard, ...registries);
        workload(shop, ["elsewhere.test/web:v1"], labels);
      });
      assert.deepEqual(problems, []);
    }
  });
});
