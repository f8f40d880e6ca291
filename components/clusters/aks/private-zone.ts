import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone.js";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink.js";
import type { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import type { AksPlace } from "./place.ts";

/** A DNS zone that the network alone sees. */
export interface LinkedZone {
  readonly zone: PrivateZone;
  /** Names resolve once it is there. */
  readonly link: VirtualNetworkLink;
}

/** Makes a zone that is asked from inside the network alone. `purpose` is part of the logical names. */
export function linkedZone(
  { name, names, here, tags, child }: AksPlace,
  network: VirtualNetwork,
  purpose: string,
  privateZoneName: string,
): LinkedZone {
  const zone = new PrivateZone(
    `${name}-zone-${purpose}`,
    // Zones stand in no region.
    { resourceGroupName: here.resourceGroupName, location: "global", tags, privateZoneName },
    child(),
  );
  const link = new VirtualNetworkLink(
    `${name}-zone-link-${purpose}`,
    {
      resourceGroupName: here.resourceGroupName,
      location: "global",
      tags,
      privateZoneName: zone.name,
      virtualNetworkLinkName: names.network,
      virtualNetwork: { id: network.id },
      registrationEnabled: false,
    },
    child(),
  );
  return { zone, link };
}
