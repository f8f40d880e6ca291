import type { NetworkPeer } from "../core/cluster-handle.ts";
import type { PlatformCapabilities, PodPeer } from "../core/platform-capabilities.ts";
import type { Connection, Part } from "./connections.ts";
import { POSTGRES_PORTS } from "./postgres-args.ts";

/** Where each server tells the operator, and the others, how it is. */
const STATUS_PORT = 8000;

/** The servers of a database in mode cnpg, which carry labels of the operator's choosing. */
export function operatedServers(component = "postgres"): Part {
  return { part: `${component}-servers`, labels: { "cnpg.io/cluster": component } };
}

/** What they need themselves, whoever calls them: the operator, each other, and the outside. */
export function operatedConnections(args: {
  readonly component?: string;
  readonly operator: NonNullable<PlatformCapabilities["postgresOperator"]>;
  /** Who scrapes; absent where nobody does. */
  readonly monitoring?: PodPeer | undefined;
  /** Where the store of their archive answers. */
  readonly archive?: readonly NetworkPeer[];
}): Connection[] {
  const { component = "postgres", operator, monitoring, archive = [] } = args;
  const servers = operatedServers(component);
  const own = [STATUS_PORT, POSTGRES_PORTS.postgres];
  return [
    ...own.map((port) => ({ from: { pods: operator.pods }, to: servers, port })),
    ...own.map((port) => ({ from: servers, to: servers, port })),
    // The exporter, which has the component's own label.
    { from: { part: component }, to: servers, port: POSTGRES_PORTS.postgres },
    ...(monitoring === undefined
      ? []
      : [{ from: { pods: monitoring }, to: servers, port: POSTGRES_PORTS.metrics }]),
    { from: servers, to: { addresses: [...operator.apiServer, ...archive] } },
  ];
}
