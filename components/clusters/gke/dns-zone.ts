import { ManagedZone } from "@pulumi/gcp/dns/managedZone.js";
import type { DnsZone } from "../../core/cluster-handle.ts";
import type { GkePlace } from "./place.ts";

/** A public zone. */
export interface GkeDns {
  readonly zone: ManagedZone;
  readonly contract: DnsZone;
}

/** Makes the public zone. Its name servers have to be written into the domain above it by hand. */
export function dnsZone({ name, args, names, child }: GkePlace, domain: string): GkeDns {
  const zone = new ManagedZone(
    `${name}-dns`,
    {
      project: args.project,
      name: names.dnsZone,
      dnsName: `${domain}.`,
      description: `Public zone of ${args.name}`,
      visibility: "public",
      dnssecConfig: { state: "on" },
      // Google deletes no zone with records in it; those of the cluster's own controllers go with it.
      forceDestroy: !args.deletionProtection,
    },
    child({ protect: args.deletionProtection }),
  );
  const { project } = args;
  return { zone, contract: { api: "clouddns", zone: names.dnsZone, domain, project } };
}
