import type { ClusterHandle } from "../core/cluster-handle.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import type { PlatformSettings } from "./settings.ts";

/** What controllers of nodes and load balancers are told of the cluster. */
export type ClusterControllers = NonNullable<ClusterHandle["controllers"]>;

/** Controllers that a cluster lacks and the settings want; undefined is one that is left out. */
export function neededControllers(
  { clusterAutoscaler, loadBalancerController }: PlatformSettings,
  { needs, controllers }: Pick<PlatformCluster, "needs" | "controllers">,
): {
  readonly clusterAutoscaler: ClusterControllers | undefined;
  readonly loadBalancerController: ClusterControllers | undefined;
} {
  return {
    clusterAutoscaler: clusterAutoscaler.enabled && needs.autoscaler ? controllers : undefined,
    loadBalancerController:
      loadBalancerController.enabled && needs.loadBalancerController ? controllers : undefined,
  };
}
