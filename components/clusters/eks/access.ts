import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import type { Cluster } from "@pulumi/aws/eks/cluster.js";
import { accessPolicy } from "./arns.ts";
import type { EksPlace } from "./place.ts";
import { principals } from "./principals.ts";

/** Lets deployer, admins and viewers into the cluster, and nobody else. */
export function clusterAccess(
  { name, args, child }: EksPlace,
  cluster: Cluster,
): AccessPolicyAssociation[] {
  return principals(args).map(({ arn, key, policy }) => {
    const entry = new AccessEntry(
      `${name}-access-${key}`,
      { clusterName: args.name, principalArn: arn, type: "STANDARD" },
      child({ dependsOn: [cluster] }),
    );
    return new AccessPolicyAssociation(
      `${name}-access-policy-${key}`,
      {
        clusterName: args.name,
        principalArn: arn,
        policyArn: accessPolicy(args, policy),
        accessScope: { type: "cluster" },
      },
      child({ dependsOn: [entry] }),
    );
  });
}
