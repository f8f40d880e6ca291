import type { ClusterHandle, NetworkPeer } from "../../core/cluster-handle.ts";
import type { AddressPlan } from "./address-plan.ts";
import { GOOGLE_APIS } from "./google-apis.ts";

/** Where Cloud DNS answers pods: through the cache on their node, and without it. */
const RESOLVERS = ["169.254.20.10/32", "169.254.169.254/32"] as const;
export const POSTGRES_PORT = 5432;

const tcp = (cidr: string, ...ports: readonly number[]): NetworkPeer => ({
  cidr,
  ports: ports.map((port) => ({ port, protocol: "TCP" })),
});

/** Where managed PostgreSQL answers. */
export const postgresPeer = ({ postgres }: AddressPlan): NetworkPeer =>
  tcp(postgres, POSTGRES_PORT);

/** Everything outside the pods' network that pods may have to reach. */
export function networkPeers(plan: AddressPlan): ClusterHandle["networkPeers"] {
  return {
    dns: RESOLVERS.map((cidr) => ({
      cidr,
      ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
      ],
    })),
    // GKE's metadata server: by its name's address, and where the node leads that to
    // (cloud.google.com/kubernetes-engine/docs/how-to/workload-identity, network policies).
    identityEndpoint: [tcp("169.254.169.254/32", 80), tcp("169.254.169.252/32", 987, 988)],
    apiServer: [tcp(plan["control-plane"], 443)],
    managedData: [postgresPeer(plan)],
    objectStorage: [tcp(GOOGLE_APIS, 443)],
  };
}
