import assert from "node:assert/strict";
import type { EksCluster } from "../../../../components/clusters/eks/eks-cluster.ts";
import {
  balancerStatements,
  bucketStatements,
  scalingStatements,
  secretStatements,
  snapshotStatements,
  zoneStatements,
} from "../../../../components/clusters/eks/grant-policies.ts";
import type { Grant } from "../../../../components/core/workload-identity.ts";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { eksSettings, EVERYTHING, recordEksWith } from "../../../support/eks-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const grantTo =
  (...grants: readonly Grant[]) =>
  (cluster: EksCluster) =>
    cluster.identityFor({ namespace: "velero", name: "server" }, grants);

const recordGrants = (...grants: readonly Grant[]) => recordEksWith(EVERYTHING, grantTo(...grants));

const BACKUPS = "shop-prod-111122223333-us-east-1-backups";
const LOGICAL = "cluster-identity-velero-server";

/** Statements of the role's one policy. */
function statementsOf(recording: Recording, role = LOGICAL): unknown {
  const { policy } = byName(recording, `${role}-policy`).inputs;
  return (JSON.parse(String(policy)) as { Statement: unknown }).Statement;
}

/** As they look when they have been written down. */
const written = (statements: unknown): unknown => JSON.parse(JSON.stringify(statements));

describe("identityFor on EKS", () => {
  it("lets pods of the one ServiceAccount of this cluster act in the role", async () => {
    const { recording } = await recordGrants({ purpose: "snapshot-volumes" });
    const { name, assumeRolePolicy } = byName(recording, LOGICAL).inputs;
    assert.equal(name, "shop-prod-us-east-1-velero-server");
    assert.deepEqual(JSON.parse(String(assumeRolePolicy)), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "111122223333",
              "aws:RequestTag/kubernetes-namespace": "velero",
              "aws:RequestTag/kubernetes-service-account": "server",
            },
            ArnEquals: {
              "aws:SourceArn": "arn:aws:eks:us-east-1:111122223333:cluster/shop-prod",
            },
          },
        },
      ],
    });
  });

  it("ties role and ServiceAccount together once the role may do something", async () => {
    const { recording, used } = await recordGrants({ purpose: "snapshot-volumes" });
    const association = byName(recording, `${LOGICAL}-association`);
    assert.deepEqual(association.inputs, {
      clusterName: "shop-prod",
      namespace: "velero",
      serviceAccount: "server",
      roleArn: byName(recording, LOGICAL).outputs["arn"],
    });
    assert.ok(dependencyNames(association).includes(`${LOGICAL}-policy`));
    assert.deepEqual(used.serviceAccountAnnotations, {});
    assert.deepEqual(used.podLabels, {});
    assert.equal(used.ready.length, 2);
  });

  it("turns each grant into what it needs and no more", async () => {
    const expected: readonly [Grant, unknown][] = [
      [{ purpose: "scale-nodes" }, scalingStatements(eksSettings)],
      [{ purpose: "snapshot-volumes" }, snapshotStatements(eksSettings)],
      [{ purpose: "manage-load-balancers" }, balancerStatements(eksSettings)],
    ];
    const { recording } = await recordEksWith(EVERYTHING, (cluster) => {
      for (const [grant] of expected) {
        cluster.identityFor({ namespace: "test", name: grant.purpose }, [grant]);
      }
    });
    for (const [{ purpose }, statements] of expected) {
      const found = statementsOf(recording, `cluster-identity-test-${purpose}`);
      assert.deepEqual(found, written(statements), purpose);
    }
  });

  it("opens the bucket that is named, with its key, and waits until it is safe", async () => {
    const { recording, used } = await recordGrants({
      purpose: "read-write-bucket",
      bucket: BACKUPS,
    });
    const key = String(byName(recording, "cluster-data-key").outputs["arn"]);
    assert.deepEqual(statementsOf(recording), written(bucketStatements(eksSettings, BACKUPS, key)));
    // Policy, association, the bucket and its six settings.
    assert.equal(used.ready.length, 9);
  });

  it("opens secrets below a prefix, and the key of those that are the stack's own", async () => {
    for (const purpose of ["read-secrets", "read-write-secrets"] as const) {
      const prefix = "shop-prod/orders";
      const { recording } = await recordGrants({ purpose, prefix });
      const keyArn = String(byName(recording, "cluster-data-key").outputs["arn"]);
      const writes = purpose === "read-write-secrets";
      const expected = secretStatements(eksSettings, { prefix, writes, keyArn });
      assert.deepEqual(statementsOf(recording), written(expected));
    }
  });

  it("opens the zone that is named", async () => {
    const { recording } = await recordGrants({ purpose: "manage-dns-zone", zone: "shop.test" });
    const arn = String(byName(recording, "cluster-dns-zone").outputs["arn"]);
    assert.deepEqual(statementsOf(recording), written(zoneStatements(eksSettings, arn)));
  });

  it("puts all grants into one policy", async () => {
    const { recording } = await recordGrants(
      { purpose: "read-write-bucket", bucket: BACKUPS },
      { purpose: "snapshot-volumes" },
    );
    const roles = byType(recording, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) =>
      name.startsWith(LOGICAL),
    );
    assert.equal(roles.length, 1);
    assert.equal((statementsOf(recording) as unknown[]).length, 9);
  });

  it("makes a role that may do nothing where nothing is granted", async () => {
    const { recording, used } = await recordGrants();
    assert.ok(byName(recording, `${LOGICAL}-association`));
    assert.equal(used.ready.length, 1);
  });

  it("refuses buckets, zones and secrets that are not the stack's, all at once", async () => {
    const grants: readonly Grant[] = [
      { purpose: "read-write-bucket", bucket: "somebody-elses" },
      { purpose: "manage-dns-zone", zone: "other.test" },
      { purpose: "read-secrets", prefix: "shop-staging/" },
      { purpose: "read-write-secrets", prefix: "shop-prod/*" },
    ];
    await recordEksWith(EVERYTHING, (cluster) => {
      assert.throws(() => grantTo(...grants)(cluster), {
        message: [
          "Invalid arguments:",
          '1. identityFor(velero/server): got the bucket "somebody-elses", expected one of ' +
            `${BACKUPS}, shop-prod-111122223333-us-east-1-logs. Take the bucket's name from objectStores.`,
          '2. identityFor(velero/server): got the zone "other.test", expected shop.test. Set ' +
            "dnsDomain, and take the zone's name from dns.",
          '3. identityFor(velero/server): got secrets below "shop-staging/", expected a prefix that ' +
            "begins with shop-prod/. Begin with the prefix in secretStore.",
          '4. identityFor(velero/server): got secrets below "shop-prod/*", expected a prefix that ' +
            "begins with shop-prod/. Begin with the prefix in secretStore.",
        ].join("\n"),
      });
    });
  });

  it("refuses a zone where none is made", async () => {
    await recordEksWith({}, (cluster) => {
      assert.throws(
        () => grantTo({ purpose: "manage-dns-zone", zone: "shop.test" })(cluster),
        /got the zone "shop\.test", expected no zone, because dnsDomain is absent\./,
      );
    });
  });
});
