import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { GkeCluster } from "../../../../components/clusters/gke/gke-cluster.ts";
import { byName, byType, Secret } from "../../../../plan/recording.ts";
import { PROJECT, PROJECT_NUMBER, recordGke } from "../../../support/gke-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const RING = `projects/${PROJECT}/locations/europe-west1/keyRings/cluster-keys-xxxxxxx`;

const writing = (retain: boolean) => (cluster: GkeCluster) =>
  ["orders", "billing"].map((name) =>
    cluster.writeSecret(name, { value: pulumi.secret("not a real value"), retain }),
  );

describe("stored secrets on GKE", () => {
  it("lie below the stack's prefix, in the cluster's region, under a key of our own", async () => {
    const { recording, used } = await recordGke({}, writing(true));
    assert.deepEqual(
      used.map(({ key }) => key),
      ["shop-prod-orders", "shop-prod-billing"],
    );
    const secret = byName(recording, "cluster-secret-orders");
    assert.deepEqual(secret.inputs, {
      project: PROJECT,
      secretId: "shop-prod-orders",
      replication: {
        userManaged: {
          replicas: [
            {
              location: "europe-west1",
              customerManagedEncryption: { kmsKeyName: `${RING}/cryptoKeys/secrets` },
            },
          ],
        },
      },
      deletionProtection: true,
    });
    assert.ok(secret.protect);
    assert.ok(dependencyNames(secret).includes("cluster-key-secrets-access"));
    assert.equal(
      byName(recording, "cluster-key-secrets-access").inputs["member"],
      `serviceAccount:service-${PROJECT_NUMBER}@gcp-sa-secretmanager.iam.gserviceaccount.com`,
    );
  });

  it("hold a value that nobody sees, and all have one key", async () => {
    const { recording, used } = await recordGke({}, writing(true));
    const { secret, secretData } = byName(recording, "cluster-secret-orders-value").inputs;
    assert.equal(secret, `projects/${PROJECT}/secrets/shop-prod-orders`);
    assert.ok(secretData instanceof Secret);
    assert.equal(used[0]?.ready.length, 2);
    const keys = byType(recording, "gcp:kms/cryptoKey:CryptoKey");
    assert.deepEqual(keys.filter(({ name }) => name.endsWith("-secrets")).length, 1);
  });

  it("make no key where nothing is stored, and go with the stack where nothing is retained", async () => {
    const none = await recordGke();
    assert.ok(!none.recording.resources.some(({ name }) => name.includes("key-secrets")));
    const { recording } = await recordGke({}, writing(false));
    const secret = byName(recording, "cluster-secret-orders");
    assert.equal(secret.inputs["deletionProtection"], false);
    assert.ok(!secret.protect);
  });
});
