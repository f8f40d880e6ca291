import type { DnsZone } from "../core/cluster-handle.ts";
import type { Guard } from "../core/guard.ts";
import type { Problem } from "../core/problem.ts";
import type { ExternalDnsSettings } from "./settings.ts";

/** Problems of an external-dns without a zone: nothing would be installed, and no name be found. */
export function checkExternalDns(
  { enabled }: ExternalDnsSettings,
  dns: DnsZone | undefined,
  guard: Guard,
): Problem[] {
  if (!enabled || dns !== undefined || guard === "relaxed") return [];
  return [
    {
      path: "externalDns.enabled",
      got: "true",
      expected: "false, because the cluster has no DNS zone",
      remedy: "Give it one (slipway:cluster.dnsDomain), or turn this off.",
    },
  ];
}
