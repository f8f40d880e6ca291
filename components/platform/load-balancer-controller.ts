import type { WorkloadIdentity } from "../core/workload-identity.ts";
import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { AddOnTraffic } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import type { ClusterControllers } from "./cluster-controllers.ts";
import { topologySpread } from "./high-availability.ts";
import { accountAnnotations } from "./identity-values.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from "./restricted-pods.ts";

export interface LoadBalancerControllerValuesArgs {
  /** Replicas, 1 to 5; one of them decides, all answer the webhook. */
  readonly replicas: number;
  readonly controllers: ClusterControllers;
  readonly identity: WorkloadIdentity;
  /** Whether the kind ServiceMonitor is served. */
  readonly monitored: boolean;
  /** Whether cert-manager signs the webhook's certificate; else the chart makes one at each upgrade. */
  readonly certificates: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/** Name of the ServiceAccount, which the cloud knows the controller by. */
export const LOAD_BALANCER_ACCOUNT = "aws-load-balancer-controller";

/** The kubelet's own port, which every control plane reaches, so that no firewall has to know another. */
const WEBHOOK_PORT = 10250;

/** The webhook, metrics, and the API of the cloud. */
export const LOAD_BALANCER_CONTROLLER_TRAFFIC: AddOnTraffic = {
  webhooks: [WEBHOOK_PORT],
  metrics: [8080],
  internet: [443],
};

/**
 * Values of the chart: load balancers of Services that ask for one by annotation, and nothing else. Its
 * class of Ingress is left out, and its own Gateways, as others serve those; so are the webhooks that
 * would stand in the way of every Service and Ingress of the cluster while the controller is away.
 */
export function loadBalancerControllerValues(args: LoadBalancerControllerValuesArgs): ChartValues {
  const { replicas, controllers, identity, monitored, certificates } = args;
  const { clusterName, region, networkId } = controllers;
  return {
    clusterName,
    // Both, because pods cannot ask the node for them where its metadata is closed to pods.
    region,
    vpcId: networkId,
    replicaCount: replicas,
    podDisruptionBudget: { minAvailable: Math.max(1, replicas - 1) },
    topologySpreadConstraints: topologySpread(replicas, {
      "app.kubernetes.io/name": "aws-load-balancer-controller",
      "app.kubernetes.io/instance": CHARTS.loadBalancerController.releaseName,
    }),
    serviceAccount: { name: LOAD_BALANCER_ACCOUNT, annotations: accountAnnotations(identity) },
    podLabels: identity.podLabels,
    priorityClassName: PRIORITY_CLASSES.platform.name,
    resources: resourcesOf("loadBalancerController", args.resources).controller,
    podSecurityContext: RESTRICTED_POD,
    securityContext: RESTRICTED_CONTAINER,
    enableCertManager: certificates,
    webhookBindPort: WEBHOOK_PORT,
    enableServiceMutatorWebhook: false,
    webhookConfig: { disableIngressValidation: true },
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    controllerConfig: {
      featureGates: { NLBGatewayAPI: false, ALBGatewayAPI: false, GatewayListenerSet: false },
    },
    serviceMonitor: { enabled: monitored },
  };
}
