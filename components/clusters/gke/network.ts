import { Address } from "@pulumi/gcp/compute/address.js";
import { Firewall } from "@pulumi/gcp/compute/firewall.js";
import { Network } from "@pulumi/gcp/compute/network.js";
import { Router } from "@pulumi/gcp/compute/router.js";
import { RouterNat } from "@pulumi/gcp/compute/routerNat.js";
import { Subnetwork } from "@pulumi/gcp/compute/subnetwork.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AddressPlan } from "./address-plan.ts";
import { nodeTag, SECONDARY_RANGES } from "./gke-names.ts";
import { googleApis } from "./google-apis.ts";
import type { GkePlace } from "./place.ts";

/** The network of a cluster. */
export interface GkeNetwork {
  readonly network: Network;
  readonly nodes: Subnetwork;
  readonly controlPlane: Subnetwork;
  /** What nodes need to pull an image: the way out, and the way to Google. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Half of all flows, summed up over half a minute: enough to see who talks to whom, at half the price.
 */
const FLOW_LOGS = {
  aggregationInterval: "INTERVAL_30_SEC",
  flowSampling: 0.5,
  metadata: "INCLUDE_ALL_METADATA",
};

/** Makes the network: subnets, the way out, the way to Google's own APIs, and what may reach the nodes. */
export function gkeNetwork(place: GkePlace, plan: AddressPlan): GkeNetwork {
  const { name, args, names, child } = place;
  const { project } = args;
  const network = new Network(
    `${name}-network`,
    {
      project,
      name: names.network,
      autoCreateSubnetworks: false,
      routingMode: "REGIONAL",
    },
    child(),
  );
  const subnet = subnetMaker(place, network);
  const nodes = subnet("nodes", names.nodesSubnet, plan.nodes, {
    secondaryIpRanges: [
      { rangeName: SECONDARY_RANGES.pods, ipCidrRange: args.network.pods },
      { rangeName: SECONDARY_RANGES.services, ipCidrRange: args.network.services },
    ],
  });
  const controlPlane = subnet("control-plane", names.controlPlaneSubnet, plan["control-plane"]);
  const loadBalancers = subnet("load-balancers", names.loadBalancersSubnet, plan["load-balancers"]);
  const firewall = webhookFirewall(place, network, plan);
  return {
    network,
    nodes,
    controlPlane,
    // The last two are named by nothing in the cluster, and yet have to outlive what is in it.
    ready: [
      egress(place, network, nodes),
      ...googleApis(place, network),
      loadBalancers,
      ...(firewall === undefined ? [] : [firewall]),
    ],
  };
}

function subnetMaker({ name, args: { project, region }, child }: GkePlace, network: Network) {
  return (
    purpose: string,
    physicalName: string,
    ipCidrRange: string,
    more: Pick<ConstructorParameters<typeof Subnetwork>[1], "secondaryIpRanges"> = {},
  ) =>
    new Subnetwork(
      `${name}-subnet-${purpose}`,
      {
        project,
        region,
        name: physicalName,
        network: network.id,
        ipCidrRange,
        privateIpGoogleAccess: true,
        logConfig: FLOW_LOGS,
        ...more,
      },
      child(),
    );
}

/** How many ports of an address one node gets, at least and at most; it asks for more as it needs them. */
const PORTS = { fewest: 64, most: 4096 } as const;

/**
 * The way out. Cloud NAT is part of the network and stands in no zone, so one serves all and outlives
 * each; under strict it has an address for each zone, and so the ports that as many nodes need. The
 * addresses are fixed, for others to let in.
 */
function egress(
  { name, args: { project, region, guard, zones }, names, child }: GkePlace,
  network: Network,
  nodes: Subnetwork,
): RouterNat {
  const router = new Router(
    `${name}-router`,
    { project, region, name: names.network, network: network.id },
    child(),
  );
  const count = guard === "strict" ? zones.length : 1;
  const addresses = Array.from(
    { length: count },
    (_, index) =>
      new Address(
        `${name}-egress-address-${index + 1}`,
        { project, region, name: `${names.network}-egress-${index + 1}`, addressType: "EXTERNAL" },
        child(),
      ),
  );
  return new RouterNat(
    `${name}-egress`,
    {
      project,
      region,
      name: names.network,
      router: router.name,
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: addresses.map(({ selfLink }) => selfLink),
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: [{ name: nodes.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: PORTS.fewest,
      maxPortsPerVm: PORTS.most,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    child(),
  );
}

/**
 * Lets the control plane reach the webhooks in use. GKE itself opens 443 and 10250 alone, and a webhook
 * behind another port would time out.
 */
function webhookFirewall(
  { name, args, names, child }: GkePlace,
  network: Network,
  plan: AddressPlan,
): Firewall | undefined {
  const ports = [...new Set(args.webhookPorts)].toSorted((one, two) => one - two);
  if (ports.length === 0) return undefined;
  return new Firewall(
    `${name}-firewall-webhooks`,
    {
      project: args.project,
      name: `${names.network}-webhooks`,
      description: "The API server reaches admission webhooks and API extensions.",
      network: network.id,
      direction: "INGRESS",
      sourceRanges: [plan["control-plane"]],
      targetTags: [nodeTag(args)],
      allows: [{ protocol: "tcp", ports: ports.map(String) }],
    },
    child(),
  );
}
