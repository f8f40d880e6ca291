import { createHash } from "node:crypto";
import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksPlace } from "./place.ts";

/**
 * Roles that Azure has built in, by what they are used for here, with the ids that are the same in every
 * subscription (learn.microsoft.com/azure/role-based-access-control/built-in-roles).
 */
export const ROLES = {
  /** Everything in the cluster, through its API. */
  "Azure Kubernetes Service RBAC Cluster Admin": "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  /** Looking at most objects in the cluster; Secrets are none of them. */
  "Azure Kubernetes Service RBAC Reader": "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
  /** Fetching the kubeconfig, which holds no credential. */
  "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
  /** Everything in a group but granting roles; for a group that holds one kind of thing. */
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
  "Private DNS Zone Contributor": "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
  /** Giving one identity to nodes. */
  "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
  /** Opening the private way to a key vault. */
  "Key Vault Contributor": "f25e0fa2-a7c8-4377-a976-54943a77a395",
  /** Encrypting and decrypting with a key. */
  "Key Vault Crypto User": "12338af0-0e69-4776-bea7-57ae8d297424",
  /** Wrapping and unwrapping a service's own key. */
  "Key Vault Crypto Service Encryption User": "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  "DNS Zone Contributor": "befefa01-2a29-4197-83a8-272ff33ce314",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  /** Pulling images. */
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
} as const;
export type RoleName = keyof typeof ROLES;

/** Kinds of principals; Azure looks one up that it is not told of, and does not find a new one. */
export type PrincipalType = "User" | "Group" | "ServicePrincipal";

/** A role for a principal at a scope. */
export interface RoleGrant {
  readonly role: RoleName;
  readonly principalId: pulumi.Input<string>;
  readonly principalType: PrincipalType;
  /** Id of the resource or group that it holds for. */
  readonly scope: pulumi.Input<string>;
}

/** A UUID that the same text always leads to. */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const [a, b, c, d] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20)];
  return `${a}-${b}-5${c}-8${d}-${hex.slice(20, 32)}`;
}

/** Grants a role. */
export function grantRole(
  { args, child }: Pick<AksPlace, "args" | "child">,
  logicalName: string,
  { role, principalId, principalType, scope }: RoleGrant,
  options?: pulumi.CustomResourceOptions,
): RoleAssignment {
  const { subscription, name } = args;
  return new RoleAssignment(
    logicalName,
    {
      // Azure wants a UUID for a name, and a drawn one would be another in every plan.
      roleAssignmentName: uuidOf(`${subscription}/${name}/${logicalName}`),
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[role]}`,
      principalId,
      principalType,
      scope,
    },
    // Nothing of it can be changed in place, and the name stays.
    child({ deleteBeforeReplace: true, ...options }),
  );
}
