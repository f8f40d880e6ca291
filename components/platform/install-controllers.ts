import type { Grant, WorkloadIdentity } from "../core/workload-identity.ts";
import { ChartAddOn } from "./chart-add-on.ts";
import { CHARTS, type ChartPin } from "./charts.ts";
import {
  AUTOSCALER_ACCOUNT,
  CLUSTER_AUTOSCALER_TRAFFIC,
  clusterAutoscalerValues,
} from "./cluster-autoscaler.ts";
import { neededControllers } from "./cluster-controllers.ts";
import {
  LOAD_BALANCER_ACCOUNT,
  LOAD_BALANCER_CONTROLLER_TRAFFIC,
  loadBalancerControllerValues,
} from "./load-balancer-controller.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

/** The autoscaler of nodes, where the cluster has none. It needs nothing that others bring. */
export function installClusterAutoscaler(
  stage: Stage,
  settings: PlatformSettings,
): ChartAddOn | undefined {
  const { cluster, monitored } = stage.context;
  const { clusterAutoscaler: controllers } = neededControllers(settings, cluster);
  if (controllers === undefined) return undefined;
  const { clusterAutoscaler } = settings;
  const pin = CHARTS.clusterAutoscaler;
  const identity = identityOf(stage, pin, AUTOSCALER_ACCOUNT, { purpose: "scale-nodes" });
  return new ChartAddOn(
    `${stage.name}-cluster-autoscaler`,
    {
      pin,
      values: clusterAutoscalerValues({
        replicas: clusterAutoscaler.replicas,
        controllers,
        identity,
        monitored,
        ...sizesIn(clusterAutoscaler),
      }),
      home: homeOf(stage, CLUSTER_AUTOSCALER_TRAFFIC),
    },
    stageOptions(stage, identity.ready),
  );
}

/**
 * The controller of load balancers, where the cluster has none. It comes before every Service of type
 * LoadBalancer and goes after it, or what stands behind the Service in the cloud would be left there.
 */
export function installLoadBalancerController(
  stage: Stage,
  settings: PlatformSettings,
): ChartAddOn | undefined {
  const { cluster, monitored, certificates } = stage.context;
  const { loadBalancerController: controllers } = neededControllers(settings, cluster);
  if (controllers === undefined) return undefined;
  const { loadBalancerController } = settings;
  const pin = CHARTS.loadBalancerController;
  const identity = identityOf(stage, pin, LOAD_BALANCER_ACCOUNT, {
    purpose: "manage-load-balancers",
  });
  return new ChartAddOn(
    `${stage.name}-load-balancer-controller`,
    {
      pin,
      values: loadBalancerControllerValues({
        replicas: loadBalancerController.replicas,
        controllers,
        identity,
        monitored,
        certificates,
        ...sizesIn(loadBalancerController),
      }),
      home: homeOf(stage, LOAD_BALANCER_CONTROLLER_TRAFFIC),
      // It does not start without its kinds, which lie in the chart's crds folder.
      skipCrds: false,
    },
    stageOptions(stage, identity.ready),
  );
}

function identityOf(stage: Stage, pin: ChartPin, account: string, grant: Grant): WorkloadIdentity {
  return stage.context.cluster.identityFor({ namespace: pin.namespace, name: account }, [grant]);
}

function homeOf({ context }: Stage, traffic: typeof CLUSTER_AUTOSCALER_TRAFFIC) {
  const { cluster, surroundings } = context;
  const addresses = cluster.networkPeers.identityEndpoint;
  return { podSecurity: "restricted", traffic: { ...traffic, addresses }, surroundings } as const;
}
