import type { ResourceOverrides } from "./add-on-resources.ts";

/** What the stack file says of Envoy Gateway (`slipway:platform.envoyGateway`). */
export interface EnvoyGatewaySettings {
  readonly enabled: boolean;
  /** Replicas of the proxies, 1 to 20; of the controller as many, and two at most. */
  readonly replicas: number;
  /** Whether its load balancer has an address on the internet or only inside the network. */
  readonly exposure: "public" | "internal";
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/**
 * What a route of a system is made of (`slipway:platform.routes`): an Ingress, an HTTPRoute of the Gateway
 * API, or both while a stack moves from the one to the other.
 */
export const ROUTE_KINDS = ["ingress", "both", "gateway"] as const;
export type RouteKind = (typeof ROUTE_KINDS)[number];

export const ENVOY_GATEWAY_DEFAULTS = {
  /** Off: every guide wants ingress-nginx (T-08, D-75). */
  enabled: false,
  replicas: 2,
  exposure: "public",
} as const satisfies EnvoyGatewaySettings;

/** Every guide names an Ingress (K-20, D-75). */
export const ROUTES_DEFAULT: RouteKind = "ingress";
