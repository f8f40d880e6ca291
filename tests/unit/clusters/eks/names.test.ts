import assert from "node:assert/strict";
import fc from "fast-check";
import { addOnVersion } from "../../../../components/clusters/eks/add-on-versions.ts";
import { arnOf, bucketArn, managedPolicy } from "../../../../components/clusters/eks/arns.ts";
import { eksNames } from "../../../../components/clusters/eks/eks-names.ts";
import { retentionFor } from "../../../../components/clusters/eks/log-retention.ts";
import { KUBERNETES_VERSIONS } from "../../../../components/clusters/kubernetes-versions.ts";
import { eksSettings } from "../../../support/eks-fixtures.ts";

const BUCKET = /^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/;
const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,98}[a-z0-9])?$/);

describe("eksNames", () => {
  it("says what belongs to the stack", () => {
    const { role, prefix, ...names } = eksNames(eksSettings);
    assert.deepEqual(names, {
      backupsBucket: "shop-prod-111122223333-us-east-1-backups",
      logsBucket: "shop-prod-111122223333-us-east-1-logs",
      controlPlaneLogs: "/aws/eks/shop-prod/cluster",
      flowLogs: "/aws/vpc/shop-prod/flow-logs",
      secretPrefix: "shop-prod/",
      imagePrefix: "shop-prod",
    });
    assert.equal(role("nodes"), "shop-prod-us-east-1-nodes");
    assert.equal(prefix("nodes"), "shop-prod-nodes-");
  });

  it("keeps within the limits of AWS, whatever the cluster is called", () => {
    fc.assert(
      fc.property(name, (cluster) => {
        const names = eksNames({ ...eksSettings, name: cluster });
        assert.match(names.backupsBucket, BUCKET);
        assert.match(names.logsBucket, BUCKET);
        assert.ok(names.backupsBucket.endsWith("-backups") && names.logsBucket.endsWith("-logs"));
        assert.ok(names.role("some-namespace-some-service-account").length <= 64);
        assert.ok(names.prefix("postgres-some-server").length <= 99);
      }),
    );
  });

  it("keeps clusters of one name in two regions apart", () => {
    const there = eksNames({ ...eksSettings, region: "eu-west-1" });
    const here = eksNames(eksSettings);
    assert.notEqual(there.role("nodes"), here.role("nodes"));
    assert.notEqual(there.backupsBucket, here.backupsBucket);
  });
});

describe("names of AWS", () => {
  it("hold the partition of the region", () => {
    const china = { account: "111122223333", region: "cn-north-1" };
    assert.equal(
      arnOf(china, "ec2", "volume/*"),
      "arn:aws-cn:ec2:cn-north-1:111122223333:volume/*",
    );
    assert.equal(bucketArn(china, "logs"), "arn:aws-cn:s3:::logs");
    const government = { account: "111122223333", region: "us-gov-west-1" };
    assert.equal(managedPolicy(government, "P"), "arn:aws-us-gov:iam::aws:policy/P");
    assert.equal(managedPolicy(eksSettings, "P"), "arn:aws:iam::aws:policy/P");
  });
});

describe("addOnVersion", () => {
  it("has a version of every add-on for every version of Kubernetes that is accepted", () => {
    const addOns = [
      "vpc-cni",
      "eks-pod-identity-agent",
      "kube-proxy",
      "coredns",
      "aws-ebs-csi-driver",
      "aws-efs-csi-driver",
      "snapshot-controller",
      "metrics-server",
    ] as const;
    for (const version of KUBERNETES_VERSIONS) {
      for (const addOn of addOns) {
        assert.match(addOnVersion(version, addOn), /^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
      }
      // kube-proxy is of one version with the cluster.
      assert.ok(addOnVersion(version, "kube-proxy").startsWith(`v${version}.`));
    }
  });

  it("has none for others", () => {
    assert.throws(
      () => addOnVersion("1.28", "coredns"),
      /no versions of add-ons for Kubernetes 1\.28/,
    );
  });
});

describe("retentionFor", () => {
  it("is the shortest time on offer that is long enough", () => {
    assert.deepEqual([7, 8, 90, 91, 366, 3653].map(retentionFor), [7, 14, 90, 120, 400, 3653]);
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 3653 }), (days) => {
        assert.ok(retentionFor(days) >= days);
      }),
    );
  });
});
