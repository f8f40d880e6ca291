import type { ClusterHandle, NetworkPeer } from "../../core/cluster-handle.ts";
import type { AddressPlan } from "./address-plan.ts";
import { POSTGRES_PORTS } from "./network-rules.ts";

/**
 * Where login.microsoftonline.com answers: Microsoft's list of endpoints, row 56
 * (learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges). It promises a month's notice.
 */
const SIGN_IN = ["20.20.32.0/19", "20.190.128.0/18", "20.231.128.0/19", "40.126.0.0/18"] as const;

const tcp = (cidr: string, ...ports: readonly number[]): NetworkPeer => ({
  cidr,
  ports: ports.map((port) => ({ port, protocol: "TCP" })),
});

/** Where managed PostgreSQL answers. */
export const postgresPeer = ({ fixed }: AddressPlan): NetworkPeer =>
  tcp(fixed.postgres, ...POSTGRES_PORTS);

/** Everything outside the pods' network that pods may have to reach. */
export function networkPeers(plan: AddressPlan): ClusterHandle["networkPeers"] {
  return {
    // CoreDNS runs as pods in kube-system.
    dns: [],
    identityEndpoint: SIGN_IN.map((cidr) => tcp(cidr, 443)),
    apiServer: [tcp(plan.fixed["api-server"], 443)],
    managedData: [postgresPeer(plan)],
    objectStorage: [tcp(plan.fixed.endpoints, 443)],
  };
}
