import type { PlatformArgs } from "../../components/platform/index.ts";
import { PLATFORM_DEFAULTS } from "../../components/platform/settings-defaults.ts";
import { platformCluster } from "./platform-cluster.ts";

/** A platform with nothing on but what guard strict asks for, and the changes. */
export function platformOff(changes: Partial<PlatformArgs> = {}): PlatformArgs {
  const off = { enabled: false, replicas: 2 } as const;
  return {
    ...PLATFORM_DEFAULTS,
    guard: "strict",
    cluster: platformCluster(),
    certManager: { ...off, acmeEmail: "ops@studio.test" },
    ingressNginx: { ...off, exposure: "public" },
    monitoring: { ...off, retentionDays: 1, prometheusStorage: "1Gi" },
    metricsServer: { ...PLATFORM_DEFAULTS.metricsServer, enabled: false },
    clusterAutoscaler: { ...PLATFORM_DEFAULTS.clusterAutoscaler, enabled: false },
    loadBalancerController: { ...PLATFORM_DEFAULTS.loadBalancerController, enabled: false },
    ...changes,
  };
}
