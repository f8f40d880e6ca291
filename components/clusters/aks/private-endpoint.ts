import { PrivateDnsZoneGroup } from "@pulumi/azure-native/network/privateDnsZoneGroup.js";
import { PrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksNetwork } from "./network.ts";
import type { AksPlace } from "./place.ts";
import type { LinkedZone } from "./private-zone.ts";

/** A service of Azure that gets an address in the network. */
export interface PrivateEndpointTarget {
  /** Part of logical and physical names. */
  readonly purpose: string;
  readonly serviceId: pulumi.Input<string>;
  /** The part of the service, as Azure calls it: `blob`, `registry`. */
  readonly part: string;
}

/** Gives a service an address in the network, and its name that address. Done when the last one is. */
export function privateEndpoint(
  { name, names, here, child }: AksPlace,
  { endpoints }: AksNetwork,
  { zone, link }: LinkedZone,
  { purpose, serviceId, part }: PrivateEndpointTarget,
): pulumi.Resource {
  const privateEndpointName = `${names.network}-${purpose}`;
  const endpoint = new PrivateEndpoint(
    `${name}-endpoint-${purpose}`,
    {
      ...here,
      privateEndpointName,
      subnet: { id: endpoints.id },
      privateLinkServiceConnections: [
        { name: purpose, privateLinkServiceId: serviceId, groupIds: [part] },
      ],
    },
    child(),
  );
  return new PrivateDnsZoneGroup(
    `${name}-endpoint-name-${purpose}`,
    {
      resourceGroupName: here.resourceGroupName,
      privateEndpointName: endpoint.name,
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [{ name: part, privateDnsZoneId: zone.id }],
    },
    child({ dependsOn: [link] }),
  );
}
