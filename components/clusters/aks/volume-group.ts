import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterIdentities } from "./cluster-identity.ts";
import type { AksPlace } from "./place.ts";
import { grantRole } from "./roles.ts";

/**
 * Makes the group that disks and shares of claims are put into. Left to itself, AKS puts them beside the
 * nodes and deletes them with the cluster, whatever their class says of reclaiming. The drivers act as the
 * control plane, which may do everything in this group because nothing else is in it.
 */
export function volumeGroup(
  place: AksPlace,
  { controlPlane }: Pick<ClusterIdentities, "controlPlane">,
): pulumi.Resource {
  const { name, args, names, here, tags, child } = place;
  const group = new ResourceGroup(
    `${name}-volumes-group`,
    { resourceGroupName: names.volumesGroup, location: here.location, tags },
    child({
      protect: args.deletionProtection,
      retainOnDelete: args.storage.reclaimPolicy === "Retain",
    }),
  );
  return grantRole(place, `${name}-control-plane-manages-volumes`, {
    role: "Contributor",
    principalId: controlPlane.principalId,
    principalType: "ServicePrincipal",
    scope: group.id,
  });
}
