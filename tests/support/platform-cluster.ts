import * as pulumi from "@pulumi/pulumi";
import type { DnsZone } from "../../components/core/cluster-handle.ts";
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

/** A zone whose API needs a file of its own. */
export const ZONE: DnsZone = {
  api: "azuredns",
  zone: "/subscriptions/sub-1/resourceGroups/shop-dns/providers/Microsoft.Network/dnsZones/shop.test",
  domain: "shop.test",
};

/** A cluster that has neither an autoscaler nor load balancers of its own. */
export const CONTROLLED = {
  needs: { loadBalancerController: true, autoscaler: true },
  controllers: {
    api: "aws",
    clusterName: "shop-prod",
    region: "us-east-1",
    get networkId() {
      return pulumi.output("vpc-1");
    },
  },
} as const satisfies Partial<PlatformCluster>;
