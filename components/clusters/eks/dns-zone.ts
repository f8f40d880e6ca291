import { Zone } from "@pulumi/aws/route53/zone.js";
import type { DnsZone } from "../../core/cluster-handle.ts";
import type { EksPlace } from "./place.ts";

export interface EksDnsZone {
  readonly zone: Zone;
  readonly contract: DnsZone;
}

/**
 * A public zone. Another zone of the same domain would have other name servers, so it is kept as data
 * is. Named by its domain, because its id is not known before it is there.
 */
export function dnsZone({ name, args, child }: EksPlace, domain: string): EksDnsZone {
  const zone = new Zone(
    `${name}-dns-zone`,
    { name: domain, comment: `Names of ${args.name}` },
    child({ protect: args.deletionProtection }),
  );
  return { zone, contract: { api: "route53", zone: domain, domain, region: args.region } };
}
