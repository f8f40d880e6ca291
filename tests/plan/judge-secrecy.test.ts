import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { problemsOf, type Shop } from "./shop.ts";

const SHOP = "urn:pulumi:test::slipway::slipway:systems:Box";

function settings(shop: Shop, data: Record<string, pulumi.Input<string>>) {
  return new k8s.core.v1.ConfigMap(
    "settings",
    { metadata: shop.metadata("settings"), data },
    shop.opts,
  );
}

describe("judge: secrecy", () => {
  it("passes secrets in a Secret and in a provider", async () => {
    const problems = await problemsOf((shop) => {
      const kubeconfig = pulumi.secret("apiVersion: v1");
      new k8s.Provider("other", { kubeconfig }, { parent: shop.parent });
      shop.secret("tokens", { token: "a token of some length" });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a secret input elsewhere", async () => {
    const problems = await problemsOf((shop) => {
      settings(shop, { open: "text", hidden: pulumi.secret("text") });
    });
    assert.deepEqual(problems, [
      `${SHOP}$kubernetes:core/v1:ConfigMap::settings: data.hidden: got a secret, expected a plain ` +
        "value, or a reference to a Secret. Put the value into a Secret and refer to it, or pass what " +
        "is no secret through pulumi.unsecret.",
    ]);
  });

  it("refuses a secret that lost its mark on the way, and never prints it", async () => {
    const problems = await problemsOf((shop) => {
      const provider = new random.Provider("random", {}, { parent: shop.parent });
      const password = new random.RandomPassword(
        "password",
        { length: 20 },
        { parent: shop.parent, provider },
      );
      const url = pulumi.interpolate`postgres://user:${password.result}@db`;
      settings(shop, { url: pulumi.unsecret(url) });
    });
    assert.deepEqual(problems, [
      `${SHOP}$kubernetes:core/v1:ConfigMap::settings: data.url: expected no value that is a secret ` +
        "elsewhere. Keep it an output marked secret from its first line to its last.",
    ]);
  });
});
