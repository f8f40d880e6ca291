import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { problemsOf, type Shop } from "./shop.ts";

const definitions = (shop: Shop) =>
  new k8s.apiextensions.v1.CustomResourceDefinition(
    "definitions",
    {
      metadata: { name: "externalsecrets.external-secrets.io" },
      spec: {
        group: "external-secrets.io",
        names: { kind: "ExternalSecret", plural: "externalsecrets" },
        scope: "Namespaced",
        versions: [],
      },
    },
    shop.opts,
  );

function external(shop: Shop, storeName: string, after: pulumi.Resource[]) {
  return new k8s.apiextensions.CustomResource(
    "tokens",
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: shop.metadata("tokens"),
      spec: {
        secretStoreRef: { kind: "ClusterSecretStore", name: storeName },
        target: { name: "tokens" },
        data: [{ secretKey: "token", remoteRef: { key: "prod-tokens", property: "token" } }],
      },
    },
    { ...shop.opts, dependsOn: after },
  );
}

function store(shop: Shop, after: pulumi.Resource) {
  return new k8s.apiextensions.CustomResource(
    "store",
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ClusterSecretStore",
      metadata: { name: "the-store" },
    },
    { ...shop.opts, dependsOn: [after] },
  );
}

describe("judge: stores of secrets", () => {
  it("passes an ExternalSecret after its store", async () => {
    const problems = await problemsOf((shop) => {
      external(shop, "the-store", [store(shop, definitions(shop))]);
    });
    assert.deepEqual(problems, []);
  });

  it("refuses one whose store is not there, or may come after it", async () => {
    const missing = await problemsOf((shop) => {
      external(shop, "other", [store(shop, definitions(shop))]);
    });
    const place = "ExternalSecret shop/tokens";
    assert.deepEqual(missing, [
      `${place}: spec.secretStoreRef.name: got "other", expected a ClusterSecretStore (the-store). Name ` +
        "one of them, or create it.",
    ]);
    const early = await problemsOf((shop) => {
      const kinds = definitions(shop);
      store(shop, kinds);
      external(shop, "the-store", [kinds]);
    });
    assert.deepEqual(early, [
      `${place}: dependsOn: expected ClusterSecretStore the-store, out of which it is read. Put the ` +
        "`ready` of the secret backend into dependsOn.",
    ]);
  });
});
