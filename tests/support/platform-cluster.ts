import type { TrafficSurroundings } from "../../components/platform/add-on-traffic.ts";
import { surroundingsOf } from "../../components/platform/capabilities.ts";
import type { PlatformCluster } from "../../components/platform/index.ts";

/** A cluster as the platform reads it, with nothing but what every cluster has. */
export function platformCluster(changes: Partial<PlatformCluster> = {}): PlatformCluster {
  return {
    clusterIdentifier: "test",
    storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
    loadBalancerAnnotations: { public: {}, internal: {} },
    objectStores: {},
    builtIn: { metricsServer: false, verticalPodAutoscaler: false, gatewayApi: false },
    // Of a control plane that hides everything but its resolver.
    scrapable: {
      controllerManager: false,
      scheduler: false,
      etcd: false,
      proxy: false,
      coreDns: true,
      kubeDns: false,
    },
    needs: { loadBalancerController: false, autoscaler: false },
    networkPeers: {
      dns: [],
      identityEndpoint: [],
      apiServer: [],
      managedData: [],
      objectStorage: [],
    },
    identityFor: () => ({ serviceAccountAnnotations: {}, podLabels: {}, ready: [] }),
    ...changes,
  };
}

/** What network policies know on that cluster, with monitoring. */
export const SURROUNDINGS: TrafficSurroundings = surroundingsOf({
  cluster: platformCluster(),
  monitoring: { enabled: true },
});
