/** Addresses outside the pod network that pods may have to reach, for network policies. */
export interface NetworkPeer {
  /** Address range in CIDR notation. */
  readonly cidr: string;
  readonly ports: readonly { readonly port: number; readonly protocol: "TCP" | "UDP" }[];
}
