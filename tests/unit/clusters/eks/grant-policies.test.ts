import assert from "node:assert/strict";
import {
  balancerStatements,
  bucketStatements,
  scalingStatements,
  secretStatements,
  snapshotStatements,
  zoneStatements,
} from "../../../../components/clusters/eks/grant-policies.ts";
import {
  policyDocument,
  type Statement,
} from "../../../../components/clusters/eks/policy-document.ts";
import { eksSettings } from "../../../support/eks-fixtures.ts";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/one";
const EC2 = "arn:aws:ec2:us-east-1";

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === "string" ? [value] : (value ?? []);

/** What a policy lets one do everywhere and under no condition. */
const everywhere = (statements: readonly Statement[]) =>
  statements
    .filter(({ Resource, Condition }) => list(Resource).includes("*") && Condition === undefined)
    .flatMap(({ Action }) => list(Action));

const ALL = {
  bucket: bucketStatements(eksSettings, "logs", KEY),
  zone: zoneStatements(eksSettings, "arn:aws:route53:::hostedzone/Z1"),
  nodes: scalingStatements(eksSettings),
  "secrets to read": secretStatements(eksSettings, {
    prefix: "shop-prod/",
    writes: false,
    keyArn: KEY,
  }),
  "secrets to write": secretStatements(eksSettings, {
    prefix: "shop-prod/",
    writes: true,
    keyArn: KEY,
  }),
  snapshots: snapshotStatements(eksSettings),
  "load balancers": balancerStatements(eksSettings),
};

describe("policies of grants", () => {
  for (const [what, statements] of Object.entries(ALL)) {
    it(`${what}: may do nothing everywhere but look`, () => {
      const changing = everywhere(statements).filter(
        (action) => !/:(Describe|List|Get)/.test(action),
      );
      assert.deepEqual(changing, []);
    });

    it(`${what}: names actions one by one, and fits into a role`, () => {
      const actions = statements.flatMap(({ Action }) => list(Action));
      assert.deepEqual(
        actions.filter((action) => action.includes("*")),
        [],
      );
      // All policies of a role together.
      assert.ok(policyDocument(statements).length < 10_240);
    });
  }

  it("read and write objects of the one bucket, by the one key", () => {
    assert.deepEqual(ALL.bucket, [
      {
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: "arn:aws:s3:::logs",
      },
      {
        Effect: "Allow",
        Action: [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
        ],
        Resource: "arn:aws:s3:::logs/*",
      },
      { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: KEY },
    ]);
  });

  it("change records of the one zone", () => {
    const changing = ALL.zone.filter(({ Action }) =>
      list(Action).includes("route53:ChangeResourceRecordSets"),
    );
    assert.deepEqual(
      changing.map(({ Resource }) => Resource),
      ["arn:aws:route53:::hostedzone/Z1"],
    );
  });

  it("scale groups that EKS marked as this cluster's", () => {
    assert.deepEqual(ALL.nodes.at(-1), {
      Effect: "Allow",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource:
        "arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:*:autoScalingGroupName/*",
      Condition: {
        StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/shop-prod": "owned" },
      },
    });
  });

  it("read secrets below the prefix, and write none", () => {
    assert.deepEqual(ALL["secrets to read"], [
      {
        Effect: "Allow",
        Action: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:ListSecretVersionIds",
        ],
        Resource: "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop-prod/*",
      },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: KEY,
        // Of what else the key encrypts, it opens nothing.
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } },
      },
    ]);
    const [writing] = ALL["secrets to write"];
    assert.ok(list(writing?.Action).includes("secretsmanager:PutSecretValue"));
    assert.deepEqual(writing?.Resource, ALL["secrets to read"][0]?.Resource);
  });

  it("take snapshots of volumes with the cluster's tag, and delete those alone", () => {
    const conditionOf = (action: string, resource: string) =>
      ALL.snapshots
        .filter(
          ({ Action, Resource }) =>
            list(Action).includes(action) && list(Resource).includes(resource),
        )
        .map(({ Condition }) => Condition);
    const owned = { StringEquals: { "aws:ResourceTag/cluster": "shop-prod" } };
    const volumes = `${EC2}:111122223333:volume/*`;
    assert.deepEqual(conditionOf("ec2:CreateSnapshot", volumes), [owned]);
    assert.deepEqual(conditionOf("ec2:DeleteSnapshot", `${EC2}::snapshot/*`), [owned]);
  });

  it("change load balancers and groups that are marked as this cluster's", () => {
    const deleting = ALL["load balancers"].filter(({ Action }) =>
      list(Action).some((action) => action.includes("Delete")),
    );
    assert.equal(deleting.length, 2);
    for (const { Condition } of deleting) {
      assert.deepEqual(Condition, {
        StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "shop-prod" },
      });
    }
  });
});
