import type { GatewayEntrance } from "../../../components/core/platform-capabilities.ts";
import type { FullRouteArgs } from "../../../components/workloads/route-args.ts";

export const ENTRANCE: GatewayEntrance = {
  className: "envoy",
  namespace: "envoy-gateway-system",
  name: "platform",
  httpListener: "http",
};

/** A route with everything that a route can have, by an Ingress and by the gateway. */
export const BASE: FullRouteArgs = {
  namespace: "studio",
  system: "kaizen-studio",
  ingressName: "studio-ingress",
  host: "studio.test",
  paths: [
    { path: "/health", match: "Exact", service: { name: "backend-service", port: 8000 } },
    { path: "/", match: "Prefix", service: { name: "frontend-service", port: 80 } },
  ],
  ingress: { className: "nginx", gateway: ENTRANCE, ready: [] },
  tls: {
    issuer: "letsencrypt-prod",
    secretName: "studio-tls",
    issuers: { names: ["letsencrypt-prod"], ready: [] },
  },
  requestsPerSecond: 100,
  maxBodyMiB: 100,
  timeoutSeconds: 600,
};
