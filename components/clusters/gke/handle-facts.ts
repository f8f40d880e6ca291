import type { ClusterHandle } from "../../core/cluster-handle.ts";
import type { GkeSettings } from "../settings.ts";
import { gkeNames } from "./gke-names.ts";

/** What holds for every cluster on GKE. */
export const GKE_FACTS = {
  builtIn: { metricsServer: true, verticalPodAutoscaler: true, gatewayApi: true },
  /** GKE shows nothing of its control plane; names are Cloud DNS's and Services the data plane's. */
  scrapable: {
    controllerManager: false,
    scheduler: false,
    etcd: false,
    proxy: false,
    coreDns: false,
    kubeDns: false,
  },
  needs: { loadBalancerController: false, autoscaler: false },
} as const satisfies Partial<ClusterHandle>;

/** How a Service of type LoadBalancer asks for a load balancer outside or inside. */
export function loadBalancerAnnotations(
  settings: GkeSettings,
): ClusterHandle["loadBalancerAnnotations"] {
  return {
    // The newer kind, which checks the health of pods' nodes in the region.
    public: { "cloud.google.com/l4-rbs": "enabled" },
    internal: {
      "networking.gke.io/load-balancer-type": "Internal",
      "networking.gke.io/internal-load-balancer-subnet": gkeNames(settings).loadBalancersSubnet,
    },
  };
}

/** Who can reach the API server, in one sentence. */
export function exposureOf({ endpoint, allowedCidrs, name }: GkeSettings): string {
  switch (endpoint) {
    case "dns":
      return `The API server of ${name} has a name that anybody may ask, behind Google's sign-in, and no public address.`;
    case "restricted":
      return `The API server of ${name} has a public address that answers ${allowedCidrs.join(", ")} alone, to whom Google signs in.`;
    case "private":
      return `The API server of ${name} answers inside its network and those joined to it alone, to whom Google signs in.`;
  }
}

/** What the cluster cannot do, one sentence each. */
export function limitationsOf({ endpoint, storage }: GkeSettings): string[] {
  return [
    "The metrics of controller manager, scheduler, etcd, kube-proxy and DNS are not scraped, because GKE hides them.",
    "A role lets people and pods into every cluster of the project, so give each stack a project of its own.",
    "Pods may write new versions of secrets that are there, but make no new secret.",
    "Volumes stand in one zone, and their pods wait when that zone is lost.",
    ...(endpoint === "private"
      ? ["Deployments have to run inside the network or one that is joined to it."]
      : []),
    ...(storage.rwx
      ? [
          "A shared volume is a file server of at least 1 TiB, whose traffic in the network is not encrypted.",
        ]
      : []),
  ];
}
