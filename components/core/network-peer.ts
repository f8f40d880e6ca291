import type * as k8s from "@pulumi/kubernetes";
import type { NetworkPeer } from "./cluster-handle.ts";
import type { PodPeer } from "./platform-capabilities.ts";

type Port = k8s.types.input.networking.v1.NetworkPolicyPort;
type EgressRule = k8s.types.input.networking.v1.NetworkPolicyEgressRule;
type Peer = k8s.types.input.networking.v1.NetworkPolicyPeer;

/** Pods of another namespace, as a network policy names them. */
export function podPeer(peer: PodPeer): Peer {
  return {
    namespaceSelector: { matchLabels: { ...peer.namespaceLabels } },
    ...(peer.podLabels === undefined
      ? {}
      : { podSelector: { matchLabels: { ...peer.podLabels } } }),
  };
}

/** The same of pods in several places; `peers` may be one place alone. */
export function podPeers(peers: PodPeer | readonly PodPeer[]): Peer[] {
  return ("namespaceLabels" in peers ? [peers] : peers).map(podPeer);
}

/** One TCP port of a pod (not of its Service: policies see traffic after the Service was resolved). */
export function tcpPort(port: number): Port {
  return { protocol: "TCP", port };
}

/** A way out to an address range, on its own ports. */
export function addressRule(peer: NetworkPeer): EgressRule {
  return {
    to: [{ ipBlock: { cidr: peer.cidr } }],
    ports: peer.ports.map(({ port, protocol }) => ({ port, protocol })),
  };
}
