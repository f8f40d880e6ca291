import { Registry } from "@pulumi/azure-native/containerregistry/registry.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterIdentities } from "./cluster-identity.ts";
import type { AksPlace } from "./place.ts";
import { grantRole } from "./roles.ts";

/** Days after which images without a tag are deleted; Premium alone does that. */
const UNTAGGED_DAYS = 30;

/**
 * Makes a registry from which the nodes may pull. Who pushes gets a role by hand: no password opens it.
 * Strict has copies in all zones; relaxed takes the cheaper kind, which has none.
 */
export function imageRegistry(
  place: AksPlace,
  { kubelet }: ClusterIdentities,
): { readonly registry: Registry; readonly access: pulumi.Resource } {
  const { name, args, names, data, keeping } = place;
  const strict = args.guard === "strict";
  const registry = new Registry(
    `${name}-registry`,
    {
      ...data,
      registryName: names.registry,
      sku: { name: strict ? "Premium" : "Standard" },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      ...(strict
        ? {
            zoneRedundancy: "Enabled",
            policies: { retentionPolicy: { status: "enabled", days: UNTAGGED_DAYS } },
          }
        : {}),
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
