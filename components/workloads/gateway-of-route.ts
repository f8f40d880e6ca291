import type * as k8s from "@pulumi/kubernetes";
import { objectLabels } from "../core/labels.ts";
import type { GatewayEntrance } from "../core/platform-capabilities.ts";
import type { FullRouteArgs, RoutePath, RouteTls } from "./route-args.ts";

type ObjectArgs = k8s.apiextensions.CustomResourceArgs;

const GATEWAY_API = { group: "gateway.networking.k8s.io", version: "gateway.networking.k8s.io/v1" };

/** The listener of a route's own Gateway. */
const HTTPS_LISTENER = "https";

/** What the Gateway API is told of a route, by what becomes the end of each logical name. */
export function gatewayObjects(
  args: FullRouteArgs,
  entrance: GatewayEntrance,
): Record<string, ObjectArgs> {
  const { tls } = args;
  const secured =
    tls === undefined
      ? {}
      : {
          certificate: certificateSpec(args, tls),
          gateway: gatewaySpec(args, tls, entrance),
          redirect: redirectSpec(args, entrance),
        };
  return {
    ...secured,
    "http-route": httpRouteSpec(args, entrance),
    "traffic-policy": trafficPolicySpec(args),
  };
}

/** The Secret that cert-manager writes for the Gateway: not the one that belongs to the Ingress. */
function gatewaySecret({ secretName }: RouteTls): string {
  return `${secretName}-gateway`;
}

function metadata(args: FullRouteArgs, name: string) {
  const labels = objectLabels({ system: args.system, component: "route" });
  return { name, namespace: args.namespace, labels };
}

/** Of its own, because cert-manager ties the Certificate of an Ingress to that: it goes with it. */
function certificateSpec(args: FullRouteArgs, tls: RouteTls): ObjectArgs {
  const secretName = gatewaySecret(tls);
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: metadata(args, secretName),
    spec: {
      secretName,
      dnsNames: [args.host],
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: tls.issuer },
    },
  };
}

/** The host with its certificate, for this namespace alone; the class says which proxies serve it. */
function gatewaySpec(
  args: FullRouteArgs,
  tls: RouteTls,
  { className }: GatewayEntrance,
): ObjectArgs {
  return {
    apiVersion: GATEWAY_API.version,
    kind: "Gateway",
    metadata: metadata(args, args.ingressName),
    spec: {
      gatewayClassName: className,
      listeners: [
        {
          name: HTTPS_LISTENER,
          port: 443,
          protocol: "HTTPS",
          hostname: args.host,
          tls: {
            mode: "Terminate",
            certificateRefs: [{ kind: "Secret", name: gatewaySecret(tls) }],
          },
          allowedRoutes: { namespaces: { from: "Same" } },
        },
      ],
    },
  };
}

function sharedListener({ namespace, name, httpListener }: GatewayEntrance) {
  return { namespace, name, sectionName: httpListener };
}

/** Whoever comes over plain HTTP. An ACME challenge has a longer path, and so a route of its own. */
function redirectSpec(args: FullRouteArgs, entrance: GatewayEntrance): ObjectArgs {
  // 301, which every version of the API takes; 308, as the Ingress answers, came later.
  const requestRedirect = { scheme: "https", statusCode: 301 };
  return {
    apiVersion: GATEWAY_API.version,
    kind: "HTTPRoute",
    metadata: metadata(args, `${args.ingressName}-redirect`),
    spec: {
      parentRefs: [sharedListener(entrance)],
      hostnames: [args.host],
      rules: [{ filters: [{ type: "RequestRedirect", requestRedirect }] }],
    },
  };
}

function httpRouteSpec(args: FullRouteArgs, entrance: GatewayEntrance): ObjectArgs {
  const own = { name: args.ingressName, sectionName: HTTPS_LISTENER };
  return {
    apiVersion: GATEWAY_API.version,
    kind: "HTTPRoute",
    metadata: metadata(args, args.ingressName),
    spec: {
      parentRefs: [args.tls === undefined ? sharedListener(entrance) : own],
      hostnames: [args.host],
      rules: args.paths.map(routeRule),
    },
  };
}

function routeRule({ path, match = "Prefix", service }: RoutePath) {
  const type = match === "Prefix" ? "PathPrefix" : "Exact";
  return {
    matches: [{ path: { type, value: path } }],
    backendRefs: [{ name: service.name, port: service.port }],
    // No end to a whole request: what is limited is silence, in the policy.
    timeouts: { request: "0s" },
  };
}

/**
 * Limits, which are no part of the standard. Each proxy counts for itself, as each replica of the ingress
 * controller does. A limit of the body means that the proxy takes all of it in before it hands it on.
 */
function trafficPolicySpec(args: FullRouteArgs): ObjectArgs {
  const perClient = { sourceCIDR: { type: "Distinct", value: "0.0.0.0/0" } };
  const limit = { requests: args.requestsPerSecond, unit: "Second" };
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1",
    kind: "BackendTrafficPolicy",
    metadata: metadata(args, args.ingressName),
    spec: {
      targetRefs: [{ group: GATEWAY_API.group, kind: "HTTPRoute", name: args.ingressName }],
      rateLimit: { local: { rules: [{ clientSelectors: [perClient], limit }] } },
      requestBuffer: { limit: `${args.maxBodyMiB}Mi` },
      timeout: { http: { streamIdleTimeout: `${args.timeoutSeconds}s` } },
    },
  };
}
