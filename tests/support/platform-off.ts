import type { PlatformArgs } from "../../components/platform/index.ts";
import { PLATFORM_DEFAULTS } from "../../components/platform/settings-defaults.ts";
import { platformCluster } from "./platform-cluster.ts";

/** A platform with nothing on but what guard strict asks for, and the changes. */
export function platformOff(changes: Partial<PlatformArgs> = {}): PlatformArgs {
  const off = { enabled: false, replicas: 2 } as const;
  return {
    guard: "strict",
    cluster: platformCluster(),
    certManager: { ...off, acmeEmail: "ops@studio.test" },
    ingressNginx: { ...off, exposure: "public" },
    envoyGateway: PLATFORM_DEFAULTS.envoyGateway,
    routes: "ingress",
    monitoring: { ...off, retentionDays: 1, prometheusStorage: "1Gi" },
    metricsServer: { ...PLATFORM_DEFAULTS.metricsServer, enabled: false },
    prometheusAdapter: PLATFORM_DEFAULTS.prometheusAdapter,
    verticalPodAutoscaler: PLATFORM_DEFAULTS.verticalPodAutoscaler,
    admission: PLATFORM_DEFAULTS.admission,
    clusterAutoscaler: { ...PLATFORM_DEFAULTS.clusterAutoscaler, enabled: false },
    loadBalancerController: { ...PLATFORM_DEFAULTS.loadBalancerController, enabled: false },
    externalDns: PLATFORM_DEFAULTS.externalDns,
    velero: PLATFORM_DEFAULTS.velero,
    postgresOperator: PLATFORM_DEFAULTS.postgresOperator,
    externalSecrets: PLATFORM_DEFAULTS.externalSecrets,
    sealedSecrets: PLATFORM_DEFAULTS.sealedSecrets,
    secretBackend: PLATFORM_DEFAULTS.secretBackend,
    logging: PLATFORM_DEFAULTS.logging,
    tracing: PLATFORM_DEFAULTS.tracing,
    ...changes,
  };
}
