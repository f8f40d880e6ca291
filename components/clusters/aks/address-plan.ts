import type { Problem } from "../../core/problem.ts";
import {
  allocateSubnets,
  checkOverlaps,
  parseRange,
  smallestNetwork,
  type WantedSubnet,
} from "../address-ranges.ts";
import type { AksSettings } from "../settings.ts";
import { poolLayout, surgeNodes } from "./pool-layout.ts";

/**
 * Parts of the network that every stack has. They come first, so that another zone moves none of them.
 * Pods are an overlay with addresses of their own, so a node takes one address here.
 */
const FIXED = [
  /** The API server's own addresses in the network. */
  { name: "api-server", prefix: 26 },
  /** Managed PostgreSQL; a server that is highly available takes two addresses. */
  { name: "postgres", prefix: 26 },
  /** Private endpoints of storage and registry. */
  { name: "endpoints", prefix: 26 },
  /** Addresses of internal load balancers. */
  { name: "load-balancers", prefix: 26 },
] as const satisfies readonly WantedSubnet[];

/** A subnet of nodes holds 1019: more than a cluster of ours, so that a larger pool never moves one. */
const NODES_PREFIX = 22;
/** AKS cuts the pods' range into pieces of this size and gives each node one. */
const NODE_PODS_PREFIX = 24;
/** Ranges that AKS uses itself. */
const AKS_OWN = ["172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"] as const;
/** AKS takes Service ranges up to this size. */
const LARGEST_SERVICES_PREFIX = 12;

export type FixedSubnet = (typeof FIXED)[number]["name"];

/** Where the parts of the network are. */
export interface AddressPlan {
  readonly fixed: Readonly<Record<FixedSubnet, string>>;
  /**
   * Subnets of nodes, by their zone. A NAT gateway stands in one zone and a subnet has one gateway, so
   * egress that survives the loss of a zone needs a subnet per zone.
   */
  readonly nodes: ReadonlyMap<string, string>;
  /** Address of the cluster's DNS, inside the range of the Services. */
  readonly dnsService: string;
}

const nodesName = (zone: string) => `nodes-${zone}`;

function wantedSubnets({ zones }: AksSettings): WantedSubnet[] {
  return [...FIXED, ...zones.map((zone) => ({ name: nodesName(zone), prefix: NODES_PREFIX }))];
}

/** The parts of `network.cidr`. Throws for settings that {@link checkAddresses} refuses. */
export function addressPlan(settings: AksSettings): AddressPlan {
  const { cidr, services } = settings.network;
  const subnets = allocateSubnets(cidr, wantedSubnets(settings));
  const serviceRange = parseRange(services);
  if (subnets === undefined || serviceRange === undefined) {
    throw new Error(`The network ${cidr} does not hold the cluster; checkAddresses says why.`);
  }
  const part = (name: string) => subnets.get(name) ?? "";
  return {
    fixed: {
      "api-server": part("api-server"),
      postgres: part("postgres"),
      endpoints: part("endpoints"),
      "load-balancers": part("load-balancers"),
    },
    nodes: new Map(settings.zones.map((zone) => [zone, part(nodesName(zone))] as const)),
    dnsService: tenthAddress(serviceRange.first),
  };
}

/** AKS documents the tenth address of the Services for DNS. */
function tenthAddress(first: number): string {
  const address = first + 10;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

function checkNetworkSize(settings: AksSettings): Problem[] {
  const { cidr } = settings.network;
  const wanted = wantedSubnets(settings);
  if (parseRange(cidr) === undefined || allocateSubnets(cidr, wanted) !== undefined) return [];
  const names = wanted.map(({ name, prefix }) => `${name} /${prefix}`).join(", ");
  const needed = smallestNetwork(wanted) ?? 8;
  return [
    {
      path: "network.cidr",
      got: JSON.stringify(cidr),
      expected: `a /${needed} or larger, which holds ${names}`,
      remedy: `Write a range with the prefix /${needed} or a smaller number.`,
    },
  ];
}

function checkPods(settings: AksSettings): Problem[] {
  const { pods } = settings.network;
  const range = parseRange(pods);
  if (range === undefined) return [];
  const nodes = poolLayout(settings).reduce(
    (sum, pool) => sum + pool.maxCount + surgeNodes(pool),
    0,
  );
  const needed = NODE_PODS_PREFIX - Math.ceil(Math.log2(Math.max(nodes, 1)));
  if (range.prefix <= needed) return [];
  return [
    {
      path: "network.pods",
      got: JSON.stringify(pods),
      expected: `a /${needed} or larger: a /${NODE_PODS_PREFIX} for each of up to ${nodes} nodes, those of an upgrade included`,
      remedy: `Write a range with the prefix /${needed} or a smaller number, or lower maxNodes.`,
    },
  ];
}

function checkServices({ network: { services } }: AksSettings): Problem[] {
  const range = parseRange(services);
  if (range === undefined || (range.prefix > LARGEST_SERVICES_PREFIX && range.prefix <= 28)) {
    return [];
  }
  return [
    {
      path: "network.services",
      got: JSON.stringify(services),
      expected: `a range from /${LARGEST_SERVICES_PREFIX + 1} to /28, which AKS takes and which holds its DNS`,
      remedy: "Write a /20, which holds 4096 Services.",
    },
  ];
}

/** Problems of the address ranges that hang on AKS; form and overlaps are checked for all clouds. */
export function checkAddresses(settings: AksSettings): Problem[] {
  const { cidr, services, pods } = settings.network;
  const own = { "network.cidr": cidr, "network.services": services, "network.pods": pods };
  const reserved = AKS_OWN.map((range) => ({ path: "what AKS uses itself", cidr: range }));
  return [
    ...checkNetworkSize(settings),
    ...checkPods(settings),
    ...checkServices(settings),
    ...Object.entries(own).flatMap(([path, range]) =>
      reserved.flatMap((aks) => checkOverlaps([aks, { path, cidr: range }])),
    ),
  ];
}
