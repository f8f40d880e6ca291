import type { DnsZone } from "../core/cluster-handle.ts";
import type { GatewayEntrance } from "../core/platform-capabilities.ts";
import { azureZone } from "./azure-zone.ts";

export interface AcmeSolversArgs {
  /** What answers challenges by HTTP (T-39): that which the names of hosts lead to. */
  readonly httpAnswers?: HttpAnswers;
  /** The zone in which challenges are answered by DNS; cert-manager has the identity to write there. */
  readonly dns?: DnsZone;
}

/** An Ingress of the class, or an HTTPRoute on the listener that the Gateway has for plain HTTP. */
export type HttpAnswers =
  { readonly ingressClassName: string } | { readonly gateway: GatewayEntrance };

/**
 * How challenges of an ACME authority are answered: by DNS for names in the cluster's zone, which needs no
 * way in and covers wildcards, and by HTTP for all others. None where there is neither.
 */
export function acmeSolvers({ httpAnswers, dns }: AcmeSolversArgs): object[] {
  return [
    // cert-manager takes the solver whose selector fits best, whatever the order.
    ...(dns === undefined
      ? []
      : [{ selector: { dnsZones: [dns.domain] }, dns01: dns01Solver(dns) }]),
    ...(httpAnswers === undefined ? [] : [{ http01: http01Solver(httpAnswers) }]),
  ];
}

/** ClusterIP, as the controller forwards to the pod: a node port would open it to the outside. */
function http01Solver(answers: HttpAnswers): object {
  const serviceType = "ClusterIP";
  if ("ingressClassName" in answers) return { ingress: { ...answers, serviceType } };
  const { namespace, name, httpListener } = answers.gateway;
  const parent = { kind: "Gateway", namespace, name, sectionName: httpListener };
  return { gatewayHTTPRoute: { parentRefs: [parent], serviceType } };
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
