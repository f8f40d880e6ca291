import { Key } from "@pulumi/aws/kms/key.js";
import { accountRoot, arnOf, dnsSuffix } from "./arns.ts";
import type { EksPlace } from "./place.ts";
import { policyDocument, type Statement } from "./policy-document.ts";

/** Days in which the deletion of a key can be called off, the most that AWS offers. */
const DELETION_WINDOW_DAYS = 30;
/** What names of database servers have in common with the cluster's, however they are shortened. */
const SHARED_START = 40;

/** Keys of our own for what AWS stores. AWS renews their material every year and keeps the old. */
export interface EksKeys {
  /** What the API server stores, and logs. Goes with the cluster. */
  readonly cluster: Key;
  /** Disks, object stores, databases, shared files. May outlive the cluster. */
  readonly data: Key;
}

/** IAM policies of the account decide who uses the key. */
function byAccount(place: EksPlace): Statement {
  const Principal = { AWS: accountRoot(place.args) };
  return { Sid: "Account", Effect: "Allow", Principal, Action: "kms:*", Resource: "*" };
}

/** CloudWatch writes groups of logs of this cluster with it. */
function byLogs({ args, names }: EksPlace): Statement {
  const groups = [
    names.controlPlaneLogs,
    names.flowLogs,
    `/aws/rds/instance/${args.name.slice(0, SHARED_START)}*`,
  ];
  return {
    Sid: "Logs",
    Effect: "Allow",
    Principal: { Service: `logs.${args.region}.${dnsSuffix(args)}` },
    Action: [
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:ReEncrypt*",
      "kms:GenerateDataKey*",
      "kms:DescribeKey",
    ],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": groups.map((group) =>
          arnOf(args, "logs", `log-group:${group}`),
        ),
      },
    },
  };
}

/**
 * Whoever in the account may make disks may encrypt them: nodes are started by a role of AWS's own that
 * need not be there yet when the key is made, and a key that names it would be refused.
 */
function byDisks({ args }: EksPlace): Statement {
  return {
    Sid: "Disks",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: [
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:ReEncrypt*",
      "kms:GenerateDataKey*",
      "kms:CreateGrant",
      "kms:DescribeKey",
    ],
    Resource: "*",
    Condition: {
      StringEquals: {
        "kms:CallerAccount": args.account,
        "kms:ViaService": `ec2.${args.region}.${dnsSuffix(args)}`,
      },
    },
  };
}

export function eksKeys(place: EksPlace): EksKeys {
  const { name, args, child, keeping } = place;
  const common = { enableKeyRotation: true, deletionWindowInDays: DELETION_WINDOW_DAYS };
  return {
    cluster: new Key(
      `${name}-cluster-key`,
      {
        ...common,
        description: `What the API server of ${args.name} stores, and logs`,
        policy: policyDocument([byAccount(place), byLogs(place)]),
        tags: { Name: `${args.name}-cluster` },
      },
      child({ protect: args.deletionProtection }),
    ),
    data: new Key(
      `${name}-data-key`,
      {
        ...common,
        description: `Disks, object stores and databases of ${args.name}`,
        policy: policyDocument([byAccount(place), byDisks(place)]),
        tags: { Name: `${args.name}-data` },
      },
      keeping(),
    ),
  };
}
