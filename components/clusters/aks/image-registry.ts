import { Registry } from "@pulumi/azure-native/containerregistry/registry.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterIdentities } from "./cluster-identity.ts";
import type { AksPlace } from "./place.ts";
import { grantRole } from "./roles.ts";

/**
 * Makes a registry from which the nodes may pull. Who pushes gets a role by hand: no password opens it.
 * Azure keeps it in all zones of the region.
 */
export function imageRegistry(
  place: AksPlace,
  { kubelet }: ClusterIdentities,
): { readonly registry: Registry; readonly access: pulumi.Resource } {
  const { name, names, data, keeping } = place;
  const registry = new Registry(
    `${name}-registry`,
    {
      ...data,
      registryName: names.registry,
      sku: { name: "Standard" },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
    },
    keeping(),
  );
  const access = grantRole(place, `${name}-nodes-pull-images`, {
    role: "AcrPull",
    principalId: kubelet.principalId,
    principalType: "ServicePrincipal",
    scope: registry.id,
  });
  return { registry, access };
}
