import { Zone } from "@pulumi/azure-native/dns/zone.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import type { DnsZone } from "../../core/cluster-handle.ts";
import type { AksPlace } from "./place.ts";

/** A public zone, and the group that holds nothing else. */
export interface AksDns {
  readonly zone: Zone;
  readonly group: ResourceGroup;
  readonly contract: DnsZone;
}

/** The zone as the contract names it: its id in Azure, which holds subscription and group. */
export function dnsContract(
  { args, names }: Pick<AksPlace, "args" | "names">,
  domain: string,
): DnsZone {
  const group = `/subscriptions/${args.subscription}/resourceGroups/${names.dnsGroup}`;
  return {
    api: "azuredns",
    zone: `${group}/providers/Microsoft.Network/dnsZones/${domain}`,
    domain,
  };
}

/** Makes the public zone. Its name servers have to be written into the domain above it by hand. */
export function dnsZone(place: AksPlace, domain: string): AksDns {
  const { name, names, here, tags, child } = place;
  const group = new ResourceGroup(
    `${name}-dns-group`,
    { resourceGroupName: names.dnsGroup, location: here.location, tags },
    child(),
  );
  const zone = new Zone(
    `${name}-dns`,
    {
      resourceGroupName: group.name,
      zoneName: domain,
      location: "global",
      zoneType: "Public",
      tags,
    },
    child(),
  );
  return { zone, group, contract: dnsContract(place, domain) };
}
