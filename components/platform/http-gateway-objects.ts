import type * as k8s from "@pulumi/kubernetes";
import type { GatewayEntrance } from "../core/platform-capabilities.ts";
import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import { CHARTS } from "./charts.ts";
import { PROXY_LABELS } from "./envoy-gateway-values.ts";
import { topologySpread } from "./high-availability.ts";
import { platformLabels } from "./platform-namespace.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { RESTRICTED_POD } from "./restricted-pods.ts";

type ObjectArgs = k8s.apiextensions.CustomResourceArgs;

export interface HttpGatewayObjectsArgs {
  /** Replicas of the proxies, 1 to 20. */
  readonly replicas: number;
  /** What makes the load balancer one of the wanted exposure, on this cluster. */
  readonly loadBalancerAnnotations: Readonly<Record<string, string>>;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the proxies. */
  readonly resources?: ResourceOverrides;
}

/** What systems attach their routes to. */
export const GATEWAY_ENTRANCE = {
  className: "envoy",
  namespace: CHARTS.envoyGateway.namespace,
  name: "platform",
  httpListener: "http",
} as const satisfies GatewayEntrance;

/** Name of the proxies' Deployment and Service, instead of one with a hash, for commands to address. */
export const PROXY_NAME = "envoy";

const { namespace } = GATEWAY_ENTRANCE;
const labels = platformLabels("envoy-gateway");

/** The class, whose Gateways all go by the proxies that `envoyProxy` describes. */
export function gatewayClass(): ObjectArgs {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GatewayClass",
    metadata: { name: GATEWAY_ENTRANCE.className, labels },
    spec: {
      controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
      parametersRef: {
        group: "gateway.envoyproxy.io",
        kind: "EnvoyProxy",
        name: PROXY_NAME,
        namespace,
      },
    },
  };
}

/** User and group of Envoy's image. */
const USER_ID = 65_532;

/**
 * Proxies and load balancer. All Gateways of the class share them (`mergeGateways`), so that a system
 * brings its own host and certificate, and a cluster still pays for one load balancer
 * (docs/decisions/0080-a-gateway-for-each-route.md).
 */
export function envoyProxy(args: HttpGatewayObjectsArgs): ObjectArgs {
  const { replicas } = args;
  const pod = {
    priorityClassName: PRIORITY_CLASSES.platform.name,
    securityContext: RESTRICTED_POD,
    topologySpreadConstraints: topologySpread(replicas, PROXY_LABELS),
  };
  const container = {
    resources: resourcesOf("envoyGateway", args.resources).proxy,
    // The root file system cannot be read-only: Envoy and what drains it keep sockets and marks there.
    securityContext: {
      ...RESTRICTED_POD,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      runAsUser: USER_ID,
      runAsGroup: USER_ID,
    },
  };
  const kubernetes = {
    envoyDeployment: { name: PROXY_NAME, replicas, pod, container },
    envoyService: {
      name: PROXY_NAME,
      type: "LoadBalancer",
      annotations: { ...args.loadBalancerAnnotations },
      // Keeps the address of the client, which limits and logs go by.
      externalTrafficPolicy: "Local",
    },
    ...(replicas < 2 ? {} : { envoyPDB: { minAvailable: replicas - 1 } }),
  };
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "EnvoyProxy",
    metadata: { name: PROXY_NAME, namespace, labels },
    spec: { mergeGateways: true, provider: { type: "Kubernetes", kubernetes } },
  };
}

/**
 * The Gateway that is there for all: plain HTTP for every host, by which systems redirect to HTTPS and
 * cert-manager answers challenges.
 */
export function httpGateway(): ObjectArgs {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: GATEWAY_ENTRANCE.name, namespace, labels },
    spec: {
      gatewayClassName: GATEWAY_ENTRANCE.className,
      listeners: [
        {
          name: GATEWAY_ENTRANCE.httpListener,
          port: 80,
          protocol: "HTTP",
          allowedRoutes: { namespaces: { from: "All" } },
        },
      ],
    },
  };
}
