import type { NetworkPeer } from "../../components/core/cluster-handle.ts";
import type { Guard } from "../../components/core/guard.ts";
import type { PlatformCapabilities } from "../../components/core/platform-capabilities.ts";
import {
  POSTGRES_PORTS,
  REDIS_PORTS,
  type Connection,
  type RouteArgs,
  type RoutePath,
  type RouteTls,
} from "../../components/workloads/index.ts";
import { backupEdges, databasePart } from "./backups.ts";
import { CONTAINER_PORTS, DATA_STORES, NAMES, place, SERVICE_PORTS } from "./names.ts";
import { operatedEdges } from "./operated-database.ts";
import type { KaizenStudioSettings } from "./settings.ts";

/** Paths of the API below which everything belongs to the backend, and single documents of it (E-33). */
const BACKEND_PREFIXES = ["/api", "/docs", "/redoc"];
const BACKEND_DOCUMENTS = ["/openapi.json", "/health"];

/**
 * The paths of the host (E-33). Under guard strict `/metrics` is left out: Prometheus asks the pods
 * themselves, and the internet has no business with it.
 */
export function routePaths(guard: Guard): RoutePath[] {
  const backend = { name: NAMES.backendService, port: SERVICE_PORTS.backend };
  const frontend = { name: NAMES.frontendService, port: SERVICE_PORTS.frontend };
  const documents = [...BACKEND_DOCUMENTS, ...(guard === "strict" ? [] : ["/metrics"])];
  return [
    ...BACKEND_PREFIXES.map((path) => ({ path, service: backend })),
    ...documents.map((path) => ({ path, match: "Exact" as const, service: backend })),
    { path: "/", service: frontend },
  ];
}

/** The certificate, where the platform can order one (K-20, D-63). */
export function routeTls(
  { issuer }: KaizenStudioSettings,
  { issuers }: PlatformCapabilities,
): { readonly tls?: RouteTls } {
  return issuers === undefined ? {} : { tls: { issuer, secretName: NAMES.tlsSecret, issuers } };
}

/** The route, where the platform lets HTTP in. */
export function routeArgs(
  settings: KaizenStudioSettings,
  guard: Guard,
  capabilities: PlatformCapabilities,
): RouteArgs | undefined {
  const { ingress, networkPeers } = capabilities;
  if (ingress === undefined) return undefined;
  const controller = networkPeers.ingressController;
  return {
    ...place(settings),
    ingressName: NAMES.ingress,
    host: settings.host,
    paths: routePaths(guard),
    ingress,
    ...routeTls(settings, capabilities),
    ...(controller === undefined ? {} : { controller }),
  };
}

/** Where the backend asks who somebody is; all else outside stays shut (K-21). */
function signIn({ signInAddresses }: KaizenStudioSettings): NetworkPeer[] {
  return signInAddresses.map((cidr) => ({ cidr, ports: [{ port: 443, protocol: "TCP" }] }));
}

/**
 * Who may call whom, in pods' ports (K-21, D-65). The migration comes as the backend does. A database of
 * the cloud is outside; what is called postgres here is then its exporter.
 */
export function connections(
  settings: KaizenStudioSettings,
  capabilities: PlatformCapabilities,
  databaseAddresses?: readonly NetworkPeer[],
): Connection[] {
  const { ingressController, monitoring } = capabilities.networkPeers;
  const backend = { to: { part: NAMES.backend }, port: CONTAINER_PORTS.backend };
  const frontend = { to: { part: NAMES.frontend }, port: CONTAINER_PORTS.frontend };
  const postgres = { part: DATA_STORES.postgres };
  const redis = { part: DATA_STORES.redis };
  const scraped = [
    backend,
    { to: postgres, port: POSTGRES_PORTS.metrics },
    { to: redis, port: REDIS_PORTS.metrics },
  ];
  const database =
    databaseAddresses === undefined
      ? { to: databasePart(settings), port: POSTGRES_PORTS.postgres }
      : { to: { addresses: databaseAddresses } };
  const fromController = ingressController && { from: { pods: ingressController } };
  return [
    ...(fromController ? [backend, frontend].map((to) => ({ ...fromController, ...to })) : []),
    ...(monitoring ? scraped.map((to) => ({ from: { pods: monitoring }, ...to })) : []),
    ...[NAMES.backend, NAMES.migration].map((part) => ({ from: { part }, ...database })),
    ...(databaseAddresses === undefined ? [] : [{ from: postgres, ...database }]),
    { from: { part: NAMES.backend }, to: redis, port: REDIS_PORTS.redis },
    { from: { part: NAMES.backend }, to: { addresses: signIn(settings) } },
    ...operatedEdges(settings, capabilities),
    ...backupEdges({ settings, capabilities, databaseAddresses }),
  ];
}
