import type * as k8s from "@pulumi/kubernetes";
import type { NetworkPeer } from "../core/cluster-handle.ts";
import { addressRule, podPeer, tcpPort } from "../core/network-peer.ts";
import type { PodPeer } from "../core/platform-capabilities.ts";

type PolicySpec = k8s.types.input.networking.v1.NetworkPolicySpec;
type IngressRule = k8s.types.input.networking.v1.NetworkPolicyIngressRule;
type EgressRule = k8s.types.input.networking.v1.NetworkPolicyEgressRule;

/** Ports of pods that somebody in the cluster calls, or is called at. */
export interface PodEdge {
  readonly pods: PodPeer;
  readonly ports: readonly number[];
}

/** Who may call whom at an add-on, beside its own pods, DNS and the API server. */
export interface AddOnTraffic {
  /**
   * Ports that the control plane calls: webhooks and API extensions. Open to every address, because a
   * managed control plane calls from addresses that no policy can name on all clouds.
   */
  readonly webhooks?: readonly number[];
  /** Ports whose metrics are scraped, where something scrapes. */
  readonly metrics?: readonly number[];
  /** Ports that are there for everybody, from outside the cluster too. */
  readonly public?: readonly number[];
  readonly from?: readonly PodEdge[];
  readonly to?: readonly PodEdge[];
  /** Ways out to address ranges. */
  readonly addresses?: readonly NetworkPeer[];
  /** Ports that may be called anywhere, the internet included. */
  readonly internet?: readonly number[];
  /** Whether every pod of the cluster may be called, as whoever scrapes metrics has to. */
  readonly everyPod?: boolean;
}

/** What the surroundings add to it. */
export interface TrafficSurroundings {
  readonly dns: { readonly pods: PodPeer; readonly addresses: readonly NetworkPeer[] };
  /** Empty where the API server's address is not known: then its usual ports are open to everywhere. */
  readonly apiServer: readonly NetworkPeer[];
  /** Who scrapes; absent where nobody does. */
  readonly monitoring?: PodPeer;
}

const ANYWHERE = "0.0.0.0/0";

/** An API server whose address is not known: its usual ports, wherever it is. */
export const UNKNOWN_API_SERVER: NetworkPeer = {
  cidr: ANYWHERE,
  ports: [443, 6443].map((port) => ({ port, protocol: "TCP" })),
};

/** The policy of all pods of an add-on's namespace. What it does not name is dropped. */
export function trafficPolicy(traffic: AddOnTraffic, around: TrafficSurroundings): PolicySpec {
  return {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    ingress: ingressRules(traffic, around),
    egress: egressRules(traffic, around),
  };
}

function ingressRules(traffic: AddOnTraffic, { monitoring }: TrafficSurroundings): IngressRule[] {
  const { webhooks = [], metrics = [], from = [] } = traffic;
  const open = [...webhooks, ...(traffic.public ?? [])];
  return [
    { from: [{ podSelector: {} }] },
    ...(open.length === 0 ? [] : [{ ports: open.map(tcpPort) }]),
    ...(metrics.length === 0 || monitoring === undefined
      ? []
      : [{ from: [podPeer(monitoring)], ports: metrics.map(tcpPort) }]),
    ...from.map(({ pods, ports }) => ({ from: [podPeer(pods)], ports: ports.map(tcpPort) })),
  ];
}

function egressRules(traffic: AddOnTraffic, { dns, apiServer }: TrafficSurroundings): EgressRule[] {
  const { to = [], addresses = [], internet = [], everyPod = false } = traffic;
  const dnsPorts = [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ];
  const everywhere = (ports: readonly number[]): EgressRule => ({
    to: [{ ipBlock: { cidr: ANYWHERE } }],
    ports: ports.map(tcpPort),
  });
  return [
    { to: [{ podSelector: {} }] },
    { to: [podPeer(dns.pods)], ports: dnsPorts },
    ...dns.addresses.map(addressRule),
    ...(apiServer.length === 0 ? [UNKNOWN_API_SERVER] : apiServer).map(addressRule),
    ...to.map(({ pods, ports }) => ({ to: [podPeer(pods)], ports: ports.map(tcpPort) })),
    ...addresses.map(addressRule),
    ...(internet.length === 0 ? [] : [everywhere(internet)]),
    ...(everyPod ? [{ to: [{ namespaceSelector: {} }] }] : []),
  ];
}
