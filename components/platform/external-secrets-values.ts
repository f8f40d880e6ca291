import type { WorkloadIdentity } from "../core/workload-identity.ts";
import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { AddOnTraffic } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import { disruptionBudget, topologySpread } from "./high-availability.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { identityAnnotations } from "./workload-identity-values.ts";

/** The controller's ServiceAccount, by which the cloud knows it; the chart's own name. */
export const EXTERNAL_SECRETS_ACCOUNT = "external-secrets";

export interface ExternalSecretsValuesArgs {
  /** Replicas of the controller and of its webhook, 1 to 5. */
  readonly replicas: number;
  readonly identity: WorkloadIdentity;
  /** Whether the kind ServiceMonitor is served. */
  readonly monitored: boolean;
  /** Whether the definitions, and with them every ExternalSecret, outlive the release. */
  readonly keepDefinitions: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/** Values of the chart. */
export function externalSecretsValues(args: ExternalSecretsValuesArgs): ChartValues {
  const { replicas, identity, monitored } = args;
  const resources = resourcesOf("externalSecrets", args.resources);
  const priorityClassName = PRIORITY_CLASSES.platform.name;
  const spread = (name: string) => ({
    priorityClassName,
    podDisruptionBudget: disruptionBudget(replicas),
    topologySpreadConstraints: topologySpread(replicas, {
      "app.kubernetes.io/name": name,
      "app.kubernetes.io/instance": CHARTS.externalSecrets.releaseName,
    }),
  });
  return {
    installCRDs: true,
    crds: { annotations: args.keepDefinitions ? { "helm.sh/resource-policy": "keep" } : {} },
    replicaCount: replicas,
    // Also of the one that renews the webhook's certificate.
    leaderElect: true,
    ...spread("external-secrets"),
    resources: resources.controller,
    podLabels: { ...identity.podLabels },
    serviceAccount: {
      name: EXTERNAL_SECRETS_ACCOUNT,
      annotations: identityAnnotations(identity),
    },
    // Not by what the chart finds out of the cluster, which differs before the first install.
    serviceMonitor: {
      enabled: monitored,
      renderMode: monitored ? "alwaysRender" : "skipIfMissing",
    },
    webhook: {
      replicaCount: replicas,
      ...spread("external-secrets-webhook"),
      resources: resources.webhook,
    },
    // Renews a certificate once in a while: a new pod is there in time.
    certController: { replicaCount: 1, priorityClassName, resources: resources.certController },
  };
}

/**
 * The webhook, metrics, and the store. It answers where the cloud's other APIs do, and so with the object
 * store, or, where that has an address of its own, next to it.
 */
export function externalSecretsTraffic({ networkPeers }: PlatformCluster): AddOnTraffic {
  return {
    webhooks: [10250],
    metrics: [8080],
    addresses: [...networkPeers.objectStorage, ...networkPeers.identityEndpoint],
  };
}
