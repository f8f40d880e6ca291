import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/invalid-args.ts";
import { objectLabels } from "../core/labels.ts";
import type { PlatformCapabilities, PodPeer } from "../core/platform-capabilities.ts";
import type { Problem } from "../core/problem.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { podPeer, tcpPort } from "../core/network-peer.ts";
import { plainArgs } from "../core/plain-args.ts";

/** One path of the host and the Service that answers it. */
export interface RoutePath {
  readonly path: string;
  /** Whether what lies below the path belongs to it. @default Prefix */
  readonly match?: "Prefix" | "Exact";
  readonly service: { readonly name: string; readonly port: number };
}

export interface RouteArgs {
  readonly namespace: string;
  readonly system: string;
  /** Name of the Ingress, which guides look up (K-20). */
  readonly ingressName: string;
  /** A change takes effect at once and orders a certificate for the new host (K-10). */
  readonly host: string;
  /** Longer paths win over shorter ones, whatever their order. */
  readonly paths: readonly RoutePath[];
  /** How HTTP comes in, as the platform gives it. */
  readonly ingress: NonNullable<PlatformCapabilities["ingress"]>;
  /** Who signs the certificate; left out, the host is served without TLS. @default no TLS */
  readonly tls?: RouteTls;
  /** Pods of the ingress controller, which fetches what the certificate's issuer wants to see. */
  readonly controller?: PodPeer;
  /** Requests per second that one client address may make, 1 to 100000 (E-33). @default 100 */
  readonly requestsPerSecond?: number;
  /** The largest request body, in MiB, 1 to 10240 (E-33). @default 100 */
  readonly maxBodyMiB?: number;
  /** How long the application may stay silent, in seconds, 1 to 3600 (E-33). @default 600 */
  readonly timeoutSeconds?: number;
}

/** The certificate of a route. */
export interface RouteTls {
  readonly issuer: string;
  readonly secretName: string;
  readonly issuers: NonNullable<PlatformCapabilities["issuers"]>;
}

export const ROUTE_DEFAULTS = {
  requestsPerSecond: 100,
  maxBodyMiB: 100,
  timeoutSeconds: 600,
} as const satisfies Partial<RouteArgs>;

type FullArgs = RouteArgs & Required<Pick<RouteArgs, keyof typeof ROUTE_DEFAULTS>>;

/** The port of the pods by which cert-manager answers an HTTP-01 challenge. */
const SOLVER_PORT = 8089;

/**
 * A host and its paths, reached from outside through an Ingress, with a certificate. The controller's
 * way to the pods is an edge of Connections.
 */
export class Route extends pulumi.ComponentResource {
  constructor(name: string, args: RouteArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Route", name, plainArgs(args), opts);
    const full: FullArgs = withDefaults(ROUTE_DEFAULTS, args);
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
    new k8s.networking.v1.Ingress(
      `${name}-ingress`,
      ingressSpec(full),
      childOptions(this, opts, [...ingress.ready, ...(tls?.issuers.ready ?? [])]),
    );
    this.registerOutputs({ url: routeUrl(full) });
  }
}

/** Where people find the route. */
export function routeUrl({ host, tls }: Pick<RouteArgs, "host" | "tls">): string {
  return `${tls === undefined ? "http" : "https"}://${host}`;
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkRoute(args: FullArgs): Problem[] {
  const { tls, paths } = args;
  const badPaths = paths.flatMap(({ path }, index) => {
    const got = JSON.stringify(path);
    const at = `paths[${index}].path`;
    if (!/^\/[\w./-]*$/.test(path)) {
      const expected = "a path of letters, digits, dots, dashes and slashes";
      return [{ path: at, got, expected, remedy: "Start it with a slash; use no pattern." }];
    }
    if (paths.findIndex((other) => other.path === path) === index) return [];
    return [{ path: at, got, expected: "each path once", remedy: "Leave one of them out." }];
  });
  const unknownIssuer =
    tls === undefined || tls.issuers.names.includes(tls.issuer)
      ? []
      : [
          {
            path: "tls.issuer",
            got: JSON.stringify(tls.issuer),
            expected: `one of ${tls.issuers.names.join(", ")}`,
            remedy: "Name an issuer that the platform has.",
          },
        ];
  return [
    ...badPaths,
    ...unknownIssuer,
    ...checkRange(args.requestsPerSecond, 100_000, "requestsPerSecond"),
    ...checkRange(args.maxBodyMiB, 10_240, "maxBodyMiB"),
    ...checkRange(args.timeoutSeconds, 3600, "timeoutSeconds"),
  ];
}

function checkRange(value: number, most: number, path: string): Problem[] {
  if (Number.isInteger(value) && value >= 1 && value <= most) return [];
  const expected = `a whole number from 1 to ${most}`;
  return [{ path, got: String(value), expected, remedy: "Choose a number in that range." }];
}

/** The Ingress. Annotations that the controller of the class does not know do nothing. */
export function ingressSpec(args: FullArgs): k8s.networking.v1.IngressArgs {
  const { host, tls } = args;
  return {
    metadata: {
      name: args.ingressName,
      namespace: args.namespace,
      labels: objectLabels({ system: args.system, component: "route" }),
      annotations: annotations(args),
    },
    spec: {
      ingressClassName: args.ingress.className,
      ...(tls === undefined ? {} : { tls: [{ hosts: [host], secretName: tls.secretName }] }),
      rules: [{ host, http: { paths: args.paths.map(ingressPath) } }],
    },
  };
}

function ingressPath({ path, match = "Prefix", service }: RoutePath) {
  const backend = { service: { name: service.name, port: { number: service.port } } };
  return { path, pathType: match, backend };
}

function annotations(args: FullArgs): Record<string, string> {
  const { tls } = args;
  return {
    // An Ingress counts as ready when its controller has written an address into its status. Without
    // a load balancer (kind, bare metal, simulated nodes) that never happens, and a deployment would
    // hang for ten minutes and fail; the controller's own Service has been waited for already.
    "pulumi.com/skipAwait": "true",
    ...(tls === undefined ? {} : { "cert-manager.io/cluster-issuer": tls.issuer }),
    "nginx.ingress.kubernetes.io/ssl-redirect": String(tls !== undefined),
    "nginx.ingress.kubernetes.io/limit-rps": String(args.requestsPerSecond),
    "nginx.ingress.kubernetes.io/proxy-body-size": `${args.maxBodyMiB}m`,
    "nginx.ingress.kubernetes.io/proxy-read-timeout": String(args.timeoutSeconds),
    "nginx.ingress.kubernetes.io/proxy-send-timeout": String(args.timeoutSeconds),
  };
}

/**
 * Lets the controller reach the pods that cert-manager starts in this namespace to prove that the host
 * is ours. Denied by default, no certificate would ever be signed.
 */
export function challengePolicySpec(
  controller: PodPeer,
): k8s.types.input.networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [podPeer(controller)], ports: [tcpPort(SOLVER_PORT)] }],
  };
}
