import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksKeys } from "./keys.ts";
import type { AksNetwork } from "./network.ts";
import type { AksPlace } from "./place.ts";
import type { LinkedZone } from "./private-zone.ts";
import { grantRole, type RoleGrant } from "./roles.ts";

/** Who the control plane is in Azure, and who the nodes are. */
export interface ClusterIdentities {
  readonly controlPlane: UserAssignedIdentity;
  readonly kubelet: UserAssignedIdentity;
  /** What the control plane must be allowed before the cluster is made. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Makes an identity for the control plane and another for the nodes, which may do nothing but what is
 * granted to them elsewhere. AKS would make both itself, but only with the cluster, and then too late:
 * the control plane has to be let into network, zone and key before.
 */
export function clusterIdentities(
  place: AksPlace,
  { network }: AksNetwork,
  { vault }: AksKeys,
  zone: LinkedZone | undefined,
): ClusterIdentities {
  const { name, args, here, child } = place;
  const identity = (purpose: string) =>
    new UserAssignedIdentity(
      `${name}-identity-${purpose}`,
      { ...here, resourceName: `${args.name}-${purpose}` },
      child(),
    );
  const controlPlane = identity("control-plane");
  const kubelet = identity("nodes");
  const grants: readonly (Pick<RoleGrant, "role" | "scope"> & { readonly to: string })[] = [
    { to: "network", role: "Network Contributor", scope: network.id },
    { to: "nodes", role: "Managed Identity Operator", scope: kubelet.id },
    { to: "vault", role: "Key Vault Contributor", scope: vault.id },
    { to: "keys", role: "Key Vault Crypto User", scope: vault.id },
    ...(zone === undefined
      ? []
      : [{ to: "zone", role: "Private DNS Zone Contributor" as const, scope: zone.zone.id }]),
  ];
  const ready = grants.map(({ to, role, scope }) =>
    grantRole(place, `${name}-control-plane-manages-${to}`, {
      role,
      scope,
      principalId: controlPlane.principalId,
      principalType: "ServicePrincipal",
    }),
  );
  return { controlPlane, kubelet, ready: zone === undefined ? ready : [...ready, zone.link] };
}

/** The identities, as a cluster is told of them. */
export function identityInputs({
  controlPlane,
  kubelet,
}: ClusterIdentities): Pick<ManagedClusterArgs, "identity" | "identityProfile"> {
  return {
    identity: { type: "UserAssigned", userAssignedIdentities: [controlPlane.id] },
    identityProfile: {
      kubeletidentity: {
        resourceId: kubelet.id,
        clientId: kubelet.clientId,
        objectId: kubelet.principalId,
      },
    },
  };
}
