import { createHash } from "node:crypto";
import type { Problem } from "../../core/problem.ts";
import type { EksSettings } from "../settings.ts";

/** What somebody may do in the cluster; EKS names the policies so. */
export type AccessPolicyName = "AmazonEKSClusterAdminPolicy" | "AmazonEKSViewPolicy";

/** Somebody who gets in, and as what. */
export interface Principal {
  readonly arn: string;
  /** Part of logical names: it stays the same when the principal moves from one list to another. */
  readonly key: string;
  readonly policy: AccessPolicyName;
}

/** A role or a user; sessions of a role and the account as a whole cannot be let in. */
const PRINCIPAL = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/([\w+=,.@-]+\/)*[\w+=,.@-]+$/;

function keyOf(arn: string): string {
  const hash = createHash("sha256").update(arn).digest("hex").slice(0, 6);
  const last = arn.slice(arn.lastIndexOf("/") + 1).replace(/[^\w-]/g, "-");
  return `${last}-${hash}`;
}

/**
 * Who gets in. Viewers get `AmazonEKSViewPolicy`: `AmazonEKSAdminViewPolicy`, which looks like its
 * counterpart for people who run clusters, shows Secrets.
 */
export function principals({ deployer, admins, viewers }: EksSettings): Principal[] {
  const all = [
    ...[deployer, ...admins].map((arn) => ({
      arn,
      policy: "AmazonEKSClusterAdminPolicy" as const,
    })),
    ...viewers.map((arn) => ({ arn, policy: "AmazonEKSViewPolicy" as const })),
  ];
  return all.map((principal) => ({ ...principal, key: keyOf(principal.arn) }));
}

/** Problems of deployer, admins and viewers. */
export function checkPrincipals({ deployer, admins, viewers }: EksSettings): Problem[] {
  const named = [
    { path: "deployer", arn: deployer },
    ...admins.map((arn, index) => ({ path: `admins[${index}]`, arn })),
    ...viewers.map((arn, index) => ({ path: `viewers[${index}]`, arn })),
  ];
  return named.flatMap(({ path, arn }, index) => {
    const got = JSON.stringify(arn);
    if (!PRINCIPAL.test(arn)) {
      const expected = "the ARN of an IAM role or user";
      const remedy =
        "Write arn:aws:iam::ACCOUNT:role/NAME; of somebody signed in through SSO, the role and not " +
        "the session (arn:aws:sts::...:assumed-role/...).";
      return [{ path, got, expected, remedy }];
    }
    const first = named.findIndex((other) => other.arn === arn);
    if (first === index) return [];
    const expected = `somebody else than ${named[first]?.path ?? ""}: EKS lets a principal in once`;
    return [{ path, got, expected, remedy: "Remove one of the two." }];
  });
}
