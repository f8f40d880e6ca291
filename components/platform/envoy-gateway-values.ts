import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { AddOnTraffic } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import { topologySpread } from "./high-availability.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";

export interface EnvoyGatewayValuesArgs {
  /** Replicas of the proxies, 1 to 20. */
  readonly replicas: number;
  /** Whether the cluster has the definitions of the Gateway API; then the chart brings none at all. */
  readonly hasDefinitions: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/** Label of the controller's pods. */
export const GATEWAY_CONTROLLER_LABELS = { "control-plane": "envoy-gateway" } as const;

/** Labels of the proxies, which the controller makes; by them network policies let them in. */
export const PROXY_LABELS = {
  "app.kubernetes.io/name": "envoy",
  "app.kubernetes.io/component": "proxy",
  "app.kubernetes.io/managed-by": "envoy-gateway",
} as const;

/** Ports of the proxies for 80 and 443 of their Service: 10000 more, which needs no right of root. */
export const PROXY_PORTS = { http: 10_080, https: 10_443 } as const;

/** Everybody may come in, and every pod may have a route that leads to it. */
export const ENVOY_GATEWAY_TRAFFIC: AddOnTraffic = {
  public: [PROXY_PORTS.http, PROXY_PORTS.https],
  metrics: [19_001],
  everyPod: true,
};

/** The controllers, one of which decides while all answer the proxies: more than two add nothing. */
const MOST_CONTROLLERS = 2;

/**
 * Values of the chart. Certificates between controller and proxies are made by its Job, which cannot be
 * turned off. The webhook that tells proxies their zone is off: no route goes by zones, and the control
 * plane would have to be let in for it.
 */
export function envoyGatewayValues(args: EnvoyGatewayValuesArgs): ChartValues {
  const replicas = Math.min(args.replicas, MOST_CONTROLLERS);
  const resources = resourcesOf("envoyGateway", args.resources);
  return {
    crds: { enabled: !args.hasDefinitions },
    deployment: {
      replicas,
      priorityClassName: PRIORITY_CLASSES.platform.name,
      envoyGateway: { resources: resources.controller },
      pod: { topologySpreadConstraints: topologySpread(replicas, GATEWAY_CONTROLLER_LABELS) },
    },
    // The chart makes no budget of 0.
    podDisruptionBudget: { minAvailable: replicas - 1 },
    certgen: { job: { resources: resources.certificateJob } },
    topologyInjector: { enabled: false },
  };
}
