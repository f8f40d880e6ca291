import type { DnsZone } from "../core/cluster-handle.ts";
import { azureZone } from "./azure-zone.ts";

export interface AcmeSolversArgs {
  /** The class of Ingress that answers challenges by HTTP (T-39). */
  readonly ingressClassName?: string;
  /** The zone in which challenges are answered by DNS; cert-manager has the identity to write there. */
  readonly dns?: DnsZone;
}

/**
 * How challenges of an ACME authority are answered: by DNS for names in the cluster's zone, which needs no
 * way in and covers wildcards, and by HTTP for all others. None where there is neither.
 */
export function acmeSolvers({ ingressClassName, dns }: AcmeSolversArgs): object[] {
  return [
    // cert-manager takes the solver whose selector fits best, whatever the order.
    ...(dns === undefined
      ? []
      : [{ selector: { dnsZones: [dns.domain] }, dns01: dns01Solver(dns) }]),
    ...(ingressClassName === undefined
      ? []
      : // ClusterIP, as the controller forwards to the pod: a node port would open it to the outside.
        [{ http01: { ingress: { ingressClassName, serviceType: "ClusterIP" } } }]),
  ];
}

/** The zone in cert-manager's words. Credentials are those of the pod. */
function dns01Solver(dns: DnsZone): object {
  switch (dns.api) {
    case "clouddns":
      return { cloudDNS: { project: dns.project, hostedZoneName: dns.zone } };
    case "route53":
      return { route53: { region: dns.region } };
    case "azuredns": {
      const { subscription, resourceGroup, zone } = azureZone(dns.zone);
      return {
        azureDNS: {
          subscriptionID: subscription,
          resourceGroupName: resourceGroup,
          hostedZoneName: zone,
        },
      };
    }
  }
}
