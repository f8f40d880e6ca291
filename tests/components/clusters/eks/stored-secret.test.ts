import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { EksCluster } from "../../../../components/clusters/eks/eks-cluster.ts";
import { byName, Secret } from "../../../../plan/recording.ts";
import { recordEksWith } from "../../../support/eks-fixtures.ts";

const writing = (retain: boolean) => (cluster: EksCluster) =>
  cluster.writeSecret("orders", { value: pulumi.secret("not a real value"), retain });

describe("stored secrets on EKS", () => {
  it("lie below the stack's prefix, under the cluster's key, and hold what nobody sees", async () => {
    const { recording, used } = await recordEksWith({}, writing(true));
    assert.equal(used.key, "shop-prod/orders");
    const secret = byName(recording, "cluster-secret-orders");
    assert.deepEqual(secret.inputs, {
      name: "shop-prod/orders",
      kmsKeyId: byName(recording, "cluster-data-key").outputs["arn"],
      recoveryWindowInDays: 30,
    });
    assert.ok(secret.protect);
    const { secretId, secretString } = byName(recording, "cluster-secret-orders-value").inputs;
    assert.equal(secretId, secret.outputs["arn"]);
    assert.ok(secretString instanceof Secret);
  });

  it("go at once with the stack where nothing is retained, so that the name is free", async () => {
    const { recording } = await recordEksWith({}, writing(false));
    const secret = byName(recording, "cluster-secret-orders");
    assert.equal(secret.inputs["recoveryWindowInDays"], 0);
    assert.ok(!secret.protect);
  });
});
