import type { EksSettings } from "../settings.ts";
import { arnOf, bucketArn, dnsSuffix, partitionOf } from "./arns.ts";
import { loadBalancerStatements } from "./load-balancer-policy.ts";
import type { Statement } from "./policy-document.ts";

type Names = Pick<EksSettings, "account" | "region" | "name">;

const allow = (Action: readonly string[], Resource: string | readonly string[]): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
});

/** Reads, writes and lists one bucket; its objects are encrypted with the key. */
export function bucketStatements(names: Names, bucket: string, keyArn: string): Statement[] {
  const arn = bucketArn(names, bucket);
  return [
    allow(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], arn),
    allow(
      [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      `${arn}/*`,
    ),
    allow(["kms:Decrypt", "kms:GenerateDataKey"], keyArn),
  ];
}

/** Changes records of one zone; which zones there are can only be asked for all of them. */
export function zoneStatements({ region }: Names, zoneArn: string): Statement[] {
  return [
    allow(["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"], zoneArn),
    allow(["route53:GetChange"], `arn:${partitionOf(region)}:route53:::change/*`),
    allow(
      ["route53:ListHostedZones", "route53:ListHostedZonesByName", "route53:ListTagsForResources"],
      "*",
    ),
  ];
}

/** Sets the number of nodes of the cluster's own groups, by the tag that EKS gives them. */
export function scalingStatements(names: Names): Statement[] {
  return [
    allow(
      [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      "*",
    ),
    allow(["eks:DescribeNodegroup"], arnOf(names, "eks", `nodegroup/${names.name}/*/*`)),
    {
      ...allow(
        ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
        arnOf(names, "autoscaling", "autoScalingGroup:*:autoScalingGroupName/*"),
      ),
      Condition: {
        StringEquals: {
          [`aws:ResourceTag/k8s.io/cluster-autoscaler/${names.name}`]: "owned",
        },
      },
    },
  ];
}

const READ_SECRET = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "secretsmanager:ListSecretVersionIds",
] as const;
const WRITE_SECRET = [
  "secretsmanager:CreateSecret",
  "secretsmanager:DeleteSecret",
  "secretsmanager:PutSecretValue",
  "secretsmanager:TagResource",
  "secretsmanager:UntagResource",
  "secretsmanager:UpdateSecret",
] as const;

/**
 * Secrets whose names begin with the prefix, and the key that encrypts the stack's own, through Secrets
 * Manager alone. AWS adds six characters to each name.
 */
export function secretStatements(
  names: Names,
  { prefix, writes, keyArn }: { prefix: string; writes: boolean; keyArn: string },
): Statement[] {
  const actions = writes ? [...READ_SECRET, ...WRITE_SECRET] : READ_SECRET;
  const uses = writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"];
  const service = `secretsmanager.${names.region}.${dnsSuffix(names)}`;
  return [
    allow(actions, arnOf(names, "secretsmanager", `secret:${prefix}*`)),
    { ...allow(uses, keyArn), Condition: { StringEquals: { "kms:ViaService": service } } },
  ];
}

/** Snapshots of volumes that carry the cluster's tag, and volumes out of these. */
export function snapshotStatements(names: Names): Statement[] {
  const volumes = arnOf(names, "ec2", "volume/*");
  // Snapshots belong to no account in their names.
  const snapshots = `arn:${partitionOf(names.region)}:ec2:${names.region}::snapshot/*`;
  const owned = { StringEquals: { "aws:ResourceTag/cluster": names.name } };
  const marked = { StringEquals: { "aws:RequestTag/cluster": names.name } };
  return [
    allow(["ec2:DescribeSnapshots", "ec2:DescribeVolumes"], "*"),
    { ...allow(["ec2:CreateSnapshot"], volumes), Condition: owned },
    { ...allow(["ec2:CreateSnapshot"], snapshots), Condition: marked },
    { ...allow(["ec2:CreateVolume"], volumes), Condition: marked },
    { ...allow(["ec2:CreateVolume", "ec2:DeleteSnapshot"], snapshots), Condition: owned },
    {
      ...allow(["ec2:CreateTags"], [volumes, snapshots]),
      Condition: { StringEquals: { "ec2:CreateAction": ["CreateSnapshot", "CreateVolume"] } },
    },
  ];
}

/** Load balancers of Services and Ingresses. */
export function balancerStatements(names: Names): Statement[] {
  return loadBalancerStatements({
    cluster: names.name,
    ec2Arn: arnOf(names, "ec2", ""),
    elbArn: arnOf(names, "elasticloadbalancing", ""),
    partition: partitionOf(names.region),
    account: names.account,
  });
}
