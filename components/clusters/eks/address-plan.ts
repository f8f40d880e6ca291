import type { Problem } from "../../core/problem.ts";
import {
  allocateSubnets,
  parseRange,
  sizeOf,
  smallestNetwork,
  type WantedSubnet,
} from "../address-ranges.ts";
import type { EksSettings } from "../settings.ts";
import { nodesInZone } from "./pool-layout.ts";

/** What the subnets of one zone are for. */
export const SUBNET_PURPOSES = [
  /** Nodes and pods, nothing else: blocks of 16 addresses have to stay whole. */
  "nodes",
  /** NAT and load balancers of the internet. */
  "public",
  /** Load balancers inside the network. */
  "internal",
  /** Databases and shared files. */
  "data",
  /** Private doors to the services of AWS. */
  "endpoints",
  /** The API server's own addresses in the network. */
  "control",
] as const;
export type SubnetPurpose = (typeof SUBNET_PURPOSES)[number];

/** Sizes of all but the nodes' subnets; a change moves every subnet behind it. */
const PREFIXES: Readonly<Record<Exclude<SubnetPurpose, "nodes">, number>> = {
  // A load balancer takes up to 100 addresses of a subnet.
  public: 24,
  internal: 24,
  data: 26,
  endpoints: 26,
  control: 28,
};

/** A network is cut for so many zones at least, so that a fourth zone moves nothing. */
const FEWEST_SLOTS = 4;

/** Largest and smallest network of AWS, as prefixes. */
const WIDEST_PREFIX = 16;

/** Most pods of a node; EKS advises no more for machines below 30 CPUs. */
export const PODS_PER_NODE = 110;
/** A pod's address comes out of a block of 16 that the node holds. */
const BLOCK = 16;
/** Blocks for all pods, one that stands by, and one for the addresses of the node itself. */
export const ADDRESSES_PER_NODE = (Math.ceil(PODS_PER_NODE / BLOCK) + 2) * BLOCK;
/** AWS keeps the first four addresses of a subnet and the last. */
const KEPT_BY_AWS = 5;

/** Ranges of the subnets, by purpose and zone. */
export type AddressPlan = Readonly<Record<SubnetPurpose, ReadonlyMap<string, string>>>;

/** Half of the network goes to the nodes, in equal parts; it does not hang on how many there are. */
function wantedSubnets(prefix: number, zones: readonly string[]): WantedSubnet[] {
  const bits = Math.max(Math.log2(FEWEST_SLOTS), Math.ceil(Math.log2(zones.length)));
  const slots = Array.from({ length: 2 ** bits }, (_, slot) => zones[slot] ?? `spare-${slot}`);
  const nodes = slots.map((slot) => ({ name: `nodes ${slot}`, prefix: prefix + 1 + bits }));
  const others = slots.flatMap((slot) =>
    Object.entries(PREFIXES).map(([purpose, size]) => ({
      name: `${purpose} ${slot}`,
      prefix: size,
    })),
  );
  return [...nodes, ...others];
}

/**
 * The subnets of a network. Pool sizes move none of them, and neither does a zone that is added at the
 * end while there are four at most. Undefined where the network is too small.
 */
export function addressPlan({
  network,
  zones,
}: Pick<EksSettings, "network" | "zones">): AddressPlan | undefined {
  const prefix = parseRange(network.cidr)?.prefix;
  if (prefix === undefined) return undefined;
  const found = allocateSubnets(network.cidr, wantedSubnets(prefix, zones));
  if (found === undefined) return undefined;
  const byZone = (purpose: SubnetPurpose) =>
    new Map(zones.map((zone) => [zone, found.get(`${purpose} ${zone}`) ?? ""]));
  return {
    nodes: byZone("nodes"),
    public: byZone("public"),
    internal: byZone("internal"),
    data: byZone("data"),
    endpoints: byZone("endpoints"),
    control: byZone("control"),
  };
}

/** Whether a network of this prefix holds its subnets, and the nodes' subnets their nodes. */
function suffices(prefix: number, settings: EksSettings): boolean {
  const wanted = wantedSubnets(prefix, settings.zones);
  const nodes = wanted[0]?.prefix ?? 0;
  const needed = nodesInZone(settings) * ADDRESSES_PER_NODE + KEPT_BY_AWS;
  return (smallestNetwork(wanted) ?? 0) >= prefix && sizeOf(nodes) >= needed;
}

/** Problems of the network's size. */
export function checkAddressPlan(settings: EksSettings): Problem[] {
  const prefix = parseRange(settings.network.cidr)?.prefix;
  if (prefix === undefined) return [];
  const at = { path: "network.cidr", got: JSON.stringify(settings.network.cidr) };
  if (prefix < WIDEST_PREFIX) {
    const remedy = "Take a part of it.";
    return [
      { ...at, expected: `/${WIDEST_PREFIX} or smaller: AWS makes no larger network`, remedy },
    ];
  }
  if (suffices(prefix, settings)) return [];
  for (let wider = prefix - 1; wider >= WIDEST_PREFIX; wider -= 1) {
    if (!suffices(wider, settings)) continue;
    return [
      {
        ...at,
        expected:
          `/${wider} or larger: a zone may have ${nodesInZone(settings)} nodes, and each takes ` +
          `${ADDRESSES_PER_NODE} addresses for itself and its pods`,
        remedy: `Write a range with the prefix /${wider}, or lower maxNodes.`,
      },
    ];
  }
  return [
    {
      ...at,
      expected:
        `fewer nodes: a zone may have ${nodesInZone(settings)}, each takes ${ADDRESSES_PER_NODE} ` +
        `addresses, and the largest network of AWS (/${WIDEST_PREFIX}) does not hold them`,
      remedy: "Lower maxNodes, or take larger machines.",
    },
  ];
}
