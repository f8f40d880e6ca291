import type { DnsZone } from "../core/cluster-handle.ts";
import type { WorkloadIdentity } from "../core/workload-identity.ts";
import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import { azureZone } from "./azure-zone.ts";
import type { ChartValues } from "./chart-values.ts";
import { accountAnnotations } from "./identity-values.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import type { ExternalDnsSettings } from "./settings.ts";

export interface ExternalDnsValuesArgs {
  readonly dns: DnsZone;
  readonly policy: ExternalDnsSettings["policy"];
  /** Marks the records of this cluster, so that it leaves all others of the zone alone. */
  readonly owner: string;
  readonly identity: WorkloadIdentity;
  /** Whether hosts of HTTPRoutes are written too; then the release depends on what serves the kind. */
  readonly gatewayApi: boolean;
  /** Whether the kind ServiceMonitor is served. */
  readonly monitored: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pod. */
  readonly resources?: ResourceOverrides;
}

/** Name of the ServiceAccount, which the cloud knows external-dns by. */
export const EXTERNAL_DNS_ACCOUNT = "external-dns";

/** Name of the ConfigMap with the file that one of the APIs is configured by. */
export const AZURE_CONFIG_NAME = "external-dns-azure";

const PROVIDERS = { clouddns: "google", route53: "aws", azuredns: "azure" } as const;

/** Values of the chart. It runs one pod alone: two would undo each other's records. */
export function externalDnsValues(args: ExternalDnsValuesArgs): ChartValues {
  const { dns, policy, owner, identity, monitored } = args;
  return {
    provider: { name: PROVIDERS[dns.api] },
    ...apiValues(dns),
    domainFilters: [dns.domain],
    // Of a host that both have, the record stays with what made it, until that goes.
    sources: ["service", "ingress", ...(args.gatewayApi ? ["gateway-httproute"] : [])],
    policy,
    registry: "txt",
    txtOwnerId: owner,
    // Ends in a dot, so that the mark of the zone's own name lies inside the zone too.
    txtPrefix: "%{record_type}-owner.",
    serviceAccount: { name: EXTERNAL_DNS_ACCOUNT, annotations: accountAnnotations(identity) },
    podLabels: identity.podLabels,
    priorityClassName: PRIORITY_CLASSES.platform.name,
    resources: resourcesOf("externalDns", args.resources).controller,
    serviceMonitor: { enabled: monitored },
  };
}

function apiValues(dns: DnsZone): ChartValues {
  switch (dns.api) {
    case "clouddns":
      return { extraArgs: { "google-project": dns.project } };
    case "route53":
      return { env: [{ name: "AWS_REGION", value: dns.region }] };
    case "azuredns":
      return {
        extraVolumes: [{ name: "azure", configMap: { name: AZURE_CONFIG_NAME } }],
        extraVolumeMounts: [{ name: "azure", mountPath: "/etc/kubernetes", readOnly: true }],
      };
  }
}

/** The file that Azure's API is configured by; nothing in it is secret. Undefined for the other APIs. */
export function azureConfig(dns: DnsZone): string | undefined {
  if (dns.api !== "azuredns") return undefined;
  const { subscription, resourceGroup } = azureZone(dns.zone);
  return JSON.stringify({
    subscriptionId: subscription,
    resourceGroup,
    useWorkloadIdentityExtension: true,
  });
}
