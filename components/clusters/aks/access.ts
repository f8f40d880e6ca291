import type * as pulumi from "@pulumi/pulumi";
import type { AksPlace } from "./place.ts";
import { principals, type Principal } from "./principals.ts";
import { grantRole, type RoleName } from "./roles.ts";

/** Roles of who may only look, with a word for each that logical names hold. */
const VIEWER_ROLES = {
  looks: "Azure Kubernetes Service RBAC Reader",
  "fetches-kubeconfig": "Azure Kubernetes Service Cluster User Role",
} as const satisfies Record<string, RoleName>;

const ADMIN_ROLES = {
  rules: "Azure Kubernetes Service RBAC Cluster Admin",
  "fetches-kubeconfig": "Azure Kubernetes Service Cluster User Role",
} as const satisfies Record<string, RoleName>;

/**
 * Lets deployer, admins and viewers into the cluster. A role in Azure takes minutes until all of Azure
 * knows it, so the roles are granted for the resource group, which the cluster is in, and before the
 * cluster: making it takes longer than that.
 */
export function clusterAccess(place: AksPlace): pulumi.Resource[] {
  const { admins, viewers } = principals(place.args);
  const grant = (who: string, { id, type }: Principal, roles: Readonly<Record<string, RoleName>>) =>
    Object.entries(roles).map(([what, role]) =>
      grantRole(place, `${place.name}-${who}-${id}-${what}`, {
        role,
        principalId: id,
        principalType: type,
        scope: place.groupId,
      }),
    );
  return [
    ...admins.flatMap((principal) => grant("admin", principal, ADMIN_ROLES)),
    ...viewers.flatMap((principal) => grant("viewer", principal, VIEWER_ROLES)),
  ];
}
