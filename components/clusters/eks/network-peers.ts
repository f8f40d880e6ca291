import type { ClusterHandle, NetworkPeer } from "../../core/cluster-handle.ts";
import { formatRange, parseRange } from "../address-ranges.ts";
import type { EksClusterArgs } from "../cloud-context.ts";
import type { AddressPlan } from "./address-plan.ts";
import { hasPrivateServices } from "./vpc-endpoints.ts";

const HTTPS = 443;
export const POSTGRES_PORT = 5432;
/** Where the agent on every node hands out roles, by plain HTTP that never leaves the node. */
const POD_IDENTITY_AGENT = { cidr: "169.254.170.23/32", port: 80 } as const;

const tcp = (cidr: string, port: number): NetworkPeer => ({
  cidr,
  ports: [{ port, protocol: "TCP" }],
});

const each = (ranges: ReadonlyMap<string, string>, port: number): NetworkPeer[] =>
  [...ranges.values()].map((cidr) => tcp(cidr, port));

/** Where managed PostgreSQL answers. */
export const postgresPeers = (plan: AddressPlan): NetworkPeer[] => each(plan.data, POSTGRES_PORT);

/** Kubernetes gives its own API the first address of the Services' range. */
function apiService(services: string): NetworkPeer[] {
  const range = parseRange(services);
  return range === undefined
    ? []
    : [tcp(formatRange({ first: range.first + 1, prefix: 32 }), HTTPS)];
}

/** Everything outside the pods' namespaces that pods may have to reach. */
export function networkPeers(
  { network, guard }: EksClusterArgs,
  plan: AddressPlan,
): ClusterHandle["networkPeers"] {
  return {
    // CoreDNS runs as pods in kube-system.
    dns: [],
    identityEndpoint: [tcp(POD_IDENTITY_AGENT.cidr, POD_IDENTITY_AGENT.port)],
    // The CNI judges a packet before the Service's address is swapped for a real one, and after.
    apiServer: [...apiService(network.services), ...each(plan.control, HTTPS)],
    managedData: postgresPeers(plan),
    // Without a door of its own S3 answers at addresses of the internet, which change.
    objectStorage: hasPrivateServices(guard)
      ? each(plan.endpoints, HTTPS)
      : [tcp("0.0.0.0/0", HTTPS)],
  };
}
