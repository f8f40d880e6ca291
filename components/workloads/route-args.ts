import type { PlatformCapabilities, PodPeer } from "../core/platform-capabilities.ts";

/** One path of the host and the Service that answers it. */
export interface RoutePath {
  readonly path: string;
  /** Whether what lies below the path belongs to it. @default Prefix */
  readonly match?: "Prefix" | "Exact";
  readonly service: { readonly name: string; readonly port: number };
}

/** The same for an Ingress and for the Gateway API; docs/reference/route-fields.md has them side by side. */
export interface RouteArgs {
  readonly namespace: string;
  readonly system: string;
  /** Name of the Ingress, which guides look up (K-20), and of what takes its place in the Gateway API. */
  readonly ingressName: string;
  /** A change takes effect at once and orders a certificate for the new host (K-10). */
  readonly host: string;
  /** Longer paths win over shorter ones, whatever their order. At most 16. */
  readonly paths: readonly RoutePath[];
  /** How HTTP comes in, as the platform gives it. */
  readonly ingress: NonNullable<PlatformCapabilities["ingress"]>;
  /** Who signs the certificate; left out, the host is served without TLS. @default no TLS */
  readonly tls?: RouteTls;
  /** Pods that bring HTTP in, which fetch what the certificate's issuer wants to see. */
  readonly controller?: PodPeer | readonly PodPeer[];
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
  /** Secret of the Ingress; that of a Gateway has `-gateway` after it, so that both can be there. */
  readonly secretName: string;
  readonly issuers: NonNullable<PlatformCapabilities["issuers"]>;
}

export const ROUTE_DEFAULTS = {
  requestsPerSecond: 100,
  maxBodyMiB: 100,
  timeoutSeconds: 600,
} as const satisfies Partial<RouteArgs>;

export type FullRouteArgs = RouteArgs & Required<Pick<RouteArgs, keyof typeof ROUTE_DEFAULTS>>;
