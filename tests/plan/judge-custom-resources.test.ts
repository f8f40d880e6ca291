import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { problemsOf, type Shop } from "./shop.ts";

/** A resource of a kind that the operator of some chart serves. */
function custom(shop: Shop, apiVersion: string, kind: string, spec: object): void {
  new k8s.apiextensions.CustomResource(
    "shop-custom",
    { apiVersion, kind, metadata: shop.metadata("custom"), spec },
    shop.opts,
  );
}

const rules = (rule: object) => ({ groups: [{ name: "shop", rules: [rule] }] });

describe("judge: fields of custom resources", () => {
  const about = async (kind: string, apiVersion: string, spec: object) =>
    (
      await problemsOf((shop) => {
        custom(shop, apiVersion, kind, spec);
      })
    ).filter((problem) => problem.includes("a field that"));
  const RULE = ["PrometheusRule", "monitoring.coreos.com/v1"] as const;

  it("passes fields that the definition has, and labels of any name", async () => {
    const rule = { alert: "Down", expr: "up == 0", for: "5m", labels: { severity: "critical" } };
    assert.deepEqual(await about(...RULE, rules(rule)), []);
  });

  it("refuses a field that it does not have, and names the nearest", async () => {
    assert.deepEqual(await about(...RULE, rules({ alert: "Down", exprs: "up == 0" })), [
      "PrometheusRule shop/custom: spec.groups[0].rules[0].exprs: expected a field that " +
        "monitoring.coreos.com/v1 PrometheusRule has. Did you mean expr?",
    ]);
  });

  it("leaves kinds that it knows nothing of to the API server", async () => {
    assert.deepEqual(await about("Widget", "example.com/v1", { whatever: true }), []);
  });
});
