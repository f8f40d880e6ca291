import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicy } from "./arns.ts";
import type { EksPlace } from "./place.ts";

/** A role, and what has to be there before it is of use. */
export interface ReadyRole {
  readonly role: Role;
  readonly ready: readonly pulumi.Resource[];
}

/** A role with policies that AWS keeps up to date. */
export function managedRole(
  { name, args, names, child }: EksPlace,
  purpose: string,
  { trust, policies }: { readonly trust: string; readonly policies: readonly string[] },
): ReadyRole {
  const role = new Role(
    `${name}-${purpose}-role`,
    { name: names.role(purpose), assumeRolePolicy: trust },
    child(),
  );
  const ready = policies.map(
    (policy) =>
      new RolePolicyAttachment(
        `${name}-${purpose}-${policy.slice(policy.lastIndexOf("/") + 1)}`,
        { role: role.name, policyArn: managedPolicy(args, policy) },
        child(),
      ),
  );
  return { role, ready };
}
