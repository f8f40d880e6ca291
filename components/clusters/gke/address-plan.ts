import type { Problem } from "../../core/problem.ts";
import {
  allocateSubnets,
  checkOverlaps,
  parseRange,
  smallestNetwork,
  type WantedSubnet,
} from "../address-ranges.ts";
import type { GkeSettings } from "../settings.ts";
import { surgeNodes } from "./pool-inputs.ts";

/**
 * Parts of the network, in this order, so that a part that is added one day moves none of them. A subnet
 * of Google's spans the zones of its region, so the number of zones changes nothing.
 */
const PARTS = [
  /** The API server's own address in the network. */
  { name: "control-plane", prefix: 28 },
  /** Addresses of internal load balancers. */
  { name: "load-balancers", prefix: 24 },
  /** File servers; each takes a piece of it. */
  { name: "shared-files", prefix: 24 },
  /** Managed PostgreSQL: Google takes a /24 for each kind of server. */
  { name: "postgres", prefix: 22 },
  /** Nodes, 4092 of them: more than a cluster of ours. */
  { name: "nodes", prefix: 20 },
] as const satisfies readonly WantedSubnet[];

export type NetworkPart = (typeof PARTS)[number]["name"];

/** Where the parts of the network are. */
export type AddressPlan = Readonly<Record<NetworkPart, string>>;

/** A node with up to 64 pods takes a piece of this size of the pods' range. */
const NODE_PODS_PREFIX = 25;
/** GKE takes ranges of Services of these sizes. */
const SERVICES_PREFIXES = { largest: 16, smallest: 27 } as const;
/** What containers on a node and Cloud SQL use themselves. */
const GOOGLES_OWN = ["172.17.0.0/16"] as const;

/** The parts of `network.cidr`. Throws for settings that {@link checkAddresses} refuses. */
export function addressPlan({ network: { cidr } }: Pick<GkeSettings, "network">): AddressPlan {
  const subnets = allocateSubnets(cidr, PARTS);
  if (subnets === undefined) {
    throw new Error(`The network ${cidr} does not hold the cluster; checkAddresses says why.`);
  }
  const part = (name: NetworkPart) => subnets.get(name) ?? "";
  return {
    "control-plane": part("control-plane"),
    "load-balancers": part("load-balancers"),
    "shared-files": part("shared-files"),
    postgres: part("postgres"),
    nodes: part("nodes"),
  };
}

function checkNetworkSize({ network: { cidr } }: GkeSettings): Problem[] {
  if (parseRange(cidr) === undefined || allocateSubnets(cidr, PARTS) !== undefined) return [];
  const names = PARTS.map(({ name, prefix }) => `${name} /${prefix}`).join(", ");
  const needed = smallestNetwork(PARTS) ?? 8;
  return [
    {
      path: "network.cidr",
      got: JSON.stringify(cidr),
      expected: `a /${needed} or larger, which holds ${names}`,
      remedy: `Write a range with the prefix /${needed} or a smaller number.`,
    },
  ];
}

function checkPods({ network: { pods }, nodePools }: GkeSettings): Problem[] {
  const range = parseRange(pods);
  if (range === undefined) return [];
  const nodes = nodePools.reduce((sum, pool) => sum + pool.maxNodes + surgeNodes(pool), 0);
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

function checkServices({ network: { services } }: GkeSettings): Problem[] {
  const range = parseRange(services);
  const { largest, smallest } = SERVICES_PREFIXES;
  if (range === undefined || (range.prefix >= largest && range.prefix <= smallest)) return [];
  return [
    {
      path: "network.services",
      got: JSON.stringify(services),
      expected: `a range from /${largest} to /${smallest}, which GKE takes`,
      remedy: "Write a /20, which holds 4096 Services.",
    },
  ];
}

/** Problems of the address ranges that hang on GKE; form and overlaps are checked for all clouds. */
export function checkAddresses(settings: GkeSettings): Problem[] {
  const { cidr, services, pods } = settings.network;
  const own = { "network.cidr": cidr, "network.services": services, "network.pods": pods };
  return [
    ...checkNetworkSize(settings),
    ...checkPods(settings),
    ...checkServices(settings),
    ...Object.entries(own).flatMap(([path, range]) =>
      GOOGLES_OWN.flatMap((theirs) =>
        checkOverlaps([
          { path: "what Google uses itself", cidr: theirs },
          { path, cidr: range },
        ]),
      ),
    ),
  ];
}
