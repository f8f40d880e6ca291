import type { input } from "@pulumi/azure-native/types/index.js";
import type { AddressPlan } from "./address-plan.ts";

/** One rule of a network security group. */
export type SecurityRule = input.network.SecurityRuleArgs;

/** HTTP and HTTPS, which an ingress controller lets in. */
const WEB_PORTS = ["80", "443"];
/** What the API server needs of every node: kubelet, and AKS's own extensions behind 443. */
const NODE_PORTS = [443, 10250];
/** PostgreSQL, and the pooler that stands in front of it. */
export const POSTGRES_PORTS = [5432, 6432] as const;

type Rule = Pick<SecurityRule, "name" | "description"> & {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly ports: readonly string[];
  readonly protocol?: "Tcp" | "*";
  readonly access?: "Allow" | "Deny";
};

/** Azure wants one or many in different fields, and for a tag the first. */
const addresses = (side: "source" | "destination", all: readonly string[]) =>
  all.length === 1
    ? { [`${side}AddressPrefix`]: all[0] }
    : { [`${side}AddressPrefixes`]: [...all] };

/** Rules in the order in which they are judged, the first that fits decides. */
function inbound(rules: readonly Rule[]): SecurityRule[] {
  return rules.map(({ name, description, from, to, ports, protocol, access }, index) => ({
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    priority: 100 + 10 * index,
    direction: "Inbound",
    access: access ?? "Allow",
    protocol: protocol ?? "Tcp",
    sourcePortRange: "*",
    ...addresses("source", from),
    ...addresses("destination", to),
    ...(ports.length === 1
      ? { destinationPortRange: ports[0] ?? "*" }
      : { destinationPortRanges: [...ports] }),
  }));
}

/**
 * What may reach the nodes beside what Azure's own rules let in. The ports of the webhooks in use are
 * named one by one, so that a rule of the company that closes the network leaves them open.
 */
export function nodeRules(
  { fixed, nodes }: AddressPlan,
  pods: string,
  webhookPorts: readonly number[],
): SecurityRule[] {
  const nodeRanges = [...nodes.values()];
  const ports = [...new Set([...NODE_PORTS, ...webhookPorts])].toSorted((one, two) => one - two);
  return inbound([
    {
      name: "web",
      description: "People reach what the load balancers publish.",
      from: ["Internet"],
      // A load balancer of AKS leaves its own address in the packet.
      to: ["*"],
      ports: WEB_PORTS,
    },
    {
      name: "api-server",
      description: "The API server reaches kubelets, admission webhooks and API extensions.",
      from: [fixed["api-server"]],
      to: [...nodeRanges, pods],
      ports: ports.map(String),
    },
    {
      name: "cluster",
      description: "Nodes and pods reach each other; network policies decide which pods do.",
      from: [...nodeRanges, pods],
      to: [...nodeRanges, pods],
      ports: ["*"],
      protocol: "*",
    },
  ]);
}

/** Who may reach the subnet of managed PostgreSQL: the nodes, which pods hide behind, and itself. */
export function postgresRules({ fixed, nodes }: AddressPlan): SecurityRule[] {
  const own = fixed.postgres;
  return inbound([
    {
      name: "cluster",
      from: [...nodes.values()],
      to: [own],
      ports: POSTGRES_PORTS.map(String),
    },
    {
      name: "replication",
      description: "A server and its stand-by.",
      from: [own],
      to: [own],
      ports: ["*"],
      protocol: "*",
    },
    CLOSED,
  ]);
}

/** Who may reach the private endpoints. */
export function endpointRules({ fixed, nodes }: AddressPlan): SecurityRule[] {
  return inbound([
    { name: "cluster", from: [...nodes.values()], to: [fixed.endpoints], ports: ["443"] },
    CLOSED,
  ]);
}

/** Azure lets in the whole network and those joined to it, unless told otherwise. */
const CLOSED: Rule = {
  name: "nobody-else",
  from: ["VirtualNetwork"],
  to: ["*"],
  ports: ["*"],
  protocol: "*",
  access: "Deny",
};
