import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { Box } from "./fixtures.ts";
import { problemsOf, type Shop } from "./shop.ts";

const issuer = (shop: Shop, release: k8s.helm.v3.Release[]) =>
  shop.custom("Issuer", "cert-manager.io/v1", "own", { selfSigned: {} }, release);

describe("judge: order", () => {
  it("refuses an object in a namespace that nobody creates", async () => {
    const problems = await problemsOf((shop) => {
      new k8s.core.v1.ConfigMap(
        "lost",
        { metadata: { name: "lost", namespace: "shopp" } },
        shop.opts,
      );
    });
    assert.deepEqual(problems, [
      'ConfigMap shopp/lost: metadata.namespace: got "shopp", expected a namespace that the stack ' +
        "creates (shop). Name one of them, or create it.",
    ]);
  });

  it("passes namespaces that every cluster has", async () => {
    const problems = await problemsOf((shop) => {
      const metadata = { name: "found", namespace: "kube-system" };
      new k8s.core.v1.ConfigMap("found", { metadata }, { parent: shop.parent });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses an object, or a release, that does not come after its namespace", async () => {
    const problems = await problemsOf((shop) => {
      const opts = { parent: shop.parent };
      new k8s.core.v1.ConfigMap("early", { metadata: shop.metadata("early") }, opts);
      new k8s.helm.v3.Release("chart", { name: "chart", chart: "chart", namespace: "shop" }, opts);
    });
    const rest =
      "dependsOn: expected Namespace shop, directly or through a parent. " +
      "Add the Namespace to dependsOn: its name is a literal and orders nothing.";
    assert.deepEqual(problems, [`ConfigMap shop/early: ${rest}`, `Release shop/chart: ${rest}`]);
  });

  it("passes an object that comes after its namespace through its component or another object", async () => {
    const problems = await problemsOf((shop) => {
      const metadata = (name: string) => shop.metadata(name);
      new Box(
        "part",
        (parent) => {
          const first = new k8s.core.v1.ConfigMap(
            "first",
            { metadata: metadata("first") },
            { parent },
          );
          const opts = { parent: shop.parent, dependsOn: [first] };
          new k8s.core.v1.ConfigMap("second", { metadata: metadata("second") }, opts);
        },
        { parent: shop.parent, dependsOn: [shop.namespace] },
      );
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a custom resource whose definition nobody brings", async () => {
    const problems = await problemsOf((shop) => issuer(shop, []));
    assert.deepEqual(problems, [
      'Issuer shop/own: apiVersion: got "cert-manager.io/v1", expected an API that Kubernetes serves or ' +
        "an add-on of the stack brings. Turn on the add-on that defines cert-manager.io, or leave the " +
        "object out.",
    ]);
  });

  it("refuses a custom resource that does not come after its operator", async () => {
    const problems = await problemsOf((shop) => {
      shop.release("cert-manager", { crds: { enabled: true } });
      issuer(shop, []);
    });
    assert.deepEqual(problems, [
      "Issuer shop/own: dependsOn: expected shop-cert-manager, which brings the definitions of " +
        "cert-manager.io. Put the capability's `ready` into dependsOn.",
    ]);
  });

  it("passes a custom resource after its operator", async () => {
    const problems = await problemsOf((shop) => {
      issuer(shop, [shop.release("cert-manager", { crds: { enabled: true } })]);
    });
    assert.deepEqual(problems, []);
  });
});
