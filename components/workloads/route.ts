import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/invalid-args.ts";
import { objectLabels } from "../core/labels.ts";
import type { PodPeer } from "../core/platform-capabilities.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { podPeers, tcpPort } from "../core/network-peer.ts";
import { plainArgs } from "../core/plain-args.ts";
import { checkRoute } from "./check-route.ts";
import { gatewayObjects } from "./gateway-of-route.ts";
import { ingressSpec } from "./ingress-of-route.ts";
import { ROUTE_DEFAULTS, type FullRouteArgs, type RouteArgs } from "./route-args.ts";

/** The port of the pods by which cert-manager answers an HTTP-01 challenge. */
const SOLVER_PORT = 8089;

/**
 * A host and its paths, reached from outside with a certificate: through an Ingress, through the Gateway
 * API, or through both, as the platform says. The controller's way to the pods is an edge of Connections.
 */
export class Route extends pulumi.ComponentResource {
  constructor(name: string, args: RouteArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Route", name, plainArgs(args), opts);
    const full: FullRouteArgs = withDefaults(ROUTE_DEFAULTS, args);
    refuse(checkRoute(full), this);
    const { ingress, tls, controller, namespace, system } = full;
    if (tls !== undefined && controller !== undefined) {
      const labels = objectLabels({ system, component: "route" });
      new k8s.networking.v1.NetworkPolicy(
        `${name}-challenge-policy`,
        { metadata: { namespace, labels }, spec: challengePolicySpec(controller) },
        childOptions(this, opts),
      );
    }
    const childOpts = childOptions(this, opts, [...ingress.ready, ...(tls?.issuers.ready ?? [])]);
    if (ingress.className !== undefined) {
      new k8s.networking.v1.Ingress(
        `${name}-ingress`,
        ingressSpec(full, ingress.className),
        childOpts,
      );
    }
    if (ingress.gateway !== undefined) {
      for (const [part, spec] of Object.entries(gatewayObjects(full, ingress.gateway))) {
        new k8s.apiextensions.CustomResource(`${name}-${part}`, spec, childOpts);
      }
    }
    this.registerOutputs({ url: routeUrl(full) });
  }
}

/** Where people find the route. */
export function routeUrl({ host, tls }: Pick<RouteArgs, "host" | "tls">): string {
  return `${tls === undefined ? "http" : "https"}://${host}`;
}

/**
 * Lets the controller reach the pods that cert-manager starts in this namespace to prove that the host
 * is ours. Denied by default, no certificate would ever be signed.
 */
export function challengePolicySpec(
  controller: PodPeer | readonly PodPeer[],
): k8s.types.input.networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: podPeers(controller), ports: [tcpPort(SOLVER_PORT)] }],
  };
}
