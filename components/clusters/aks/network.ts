import { NatGateway } from "@pulumi/azure-native/network/natGateway.js";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup.js";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress.js";
import { Subnet, type SubnetArgs } from "@pulumi/azure-native/network/subnet.js";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import type { AddressPlan } from "./address-plan.ts";
import { endpointRules, nodeRules, postgresRules, type SecurityRule } from "./network-rules.ts";
import type { AksPlace } from "./place.ts";

/** The network of a cluster. */
export interface AksNetwork {
  readonly network: VirtualNetwork;
  readonly apiServer: Subnet;
  readonly postgres: Subnet;
  readonly endpoints: Subnet;
  readonly loadBalancers: Subnet;
  /** Subnets of nodes, by the zone whose nodes stand there. */
  readonly nodes: ReadonlyMap<string, Subnet>;
}

/** Physical name of the subnet that internal load balancers take their addresses from. */
export const LOAD_BALANCER_SUBNET = "load-balancers";

/** Makes the network: subnets, who may reach them, and the way out for the nodes. */
export function aksNetwork(place: AksPlace, plan: AddressPlan): AksNetwork {
  const { name, args, names, here, child } = place;
  const network = new VirtualNetwork(
    `${name}-network`,
    {
      ...here,
      virtualNetworkName: names.network,
      addressSpace: { addressPrefixes: [args.network.cidr] },
    },
    child(),
  );
  const nodeGroup = securityGroup(
    place,
    "nodes",
    nodeRules(plan, args.network.pods, args.webhookPorts),
  );
  const subnet = subnetMaker(place, network);
  const { fixed } = plan;
  const egress = natGateways(place);
  return {
    network,
    apiServer: subnet("api-server", fixed["api-server"], {
      delegations: [delegation("Microsoft.ContainerService/managedClusters")],
    }),
    postgres: subnet("postgres", fixed.postgres, {
      delegations: [delegation("Microsoft.DBforPostgreSQL/flexibleServers")],
      networkSecurityGroup: { id: securityGroup(place, "postgres", postgresRules(plan)).id },
    }),
    endpoints: subnet("endpoints", fixed.endpoints, {
      // Or the rules would not hold for private endpoints.
      privateEndpointNetworkPolicies: "Enabled",
      networkSecurityGroup: { id: securityGroup(place, "endpoints", endpointRules(plan)).id },
    }),
    loadBalancers: subnet(LOAD_BALANCER_SUBNET, fixed["load-balancers"], {}),
    nodes: new Map(
      [...plan.nodes].map(([zone, cidr]) => [
        zone,
        subnet(`nodes-${zone}`, cidr, {
          natGateway: { id: egress(zone).id },
          networkSecurityGroup: { id: nodeGroup.id },
          // Shares for several pods are open to these subnets alone.
          ...(args.storage.rwx ? { serviceEndpoints: [{ service: "Microsoft.Storage" }] } : {}),
        }),
      ]),
    ),
  };
}

const delegation = (serviceName: string) => ({ name: "delegation", serviceName });

/** Makes subnets one after another: Azure refuses two changes of one network at a time. */
function subnetMaker({ name, here, child }: AksPlace, network: VirtualNetwork) {
  let previous: Subnet | undefined;
  return (subnetName: string, cidr: string, more: Partial<SubnetArgs>): Subnet => {
    previous = new Subnet(
      `${name}-subnet-${subnetName}`,
      {
        resourceGroupName: here.resourceGroupName,
        virtualNetworkName: network.name,
        subnetName,
        addressPrefix: cidr,
        // Nothing in it gets a way out that nobody asked for.
        defaultOutboundAccess: false,
        ...more,
      },
      child(previous === undefined ? {} : { dependsOn: [previous] }),
    );
    return previous;
  };
}

/** A security group, after the subnets that it is for. */
function securityGroup(
  { name, names, here, child }: AksPlace,
  purpose: string,
  securityRules: SecurityRule[],
): NetworkSecurityGroup {
  return new NetworkSecurityGroup(
    `${name}-security-${purpose}`,
    { ...here, networkSecurityGroupName: `${names.network}-${purpose}`, securityRules },
    child(),
  );
}

/**
 * The ways out: one per zone under guard strict, so that nodes of a zone lose theirs with the zone alone;
 * else one that all zones share. Changing the guard moves addresses of egress, and no node.
 */
function natGateways(place: AksPlace): (zone: string) => NatGateway {
  const { zones, guard } = place.args;
  const [first = "1"] = zones;
  if (guard === "relaxed") {
    const shared = natGateway(place, first);
    return () => shared;
  }
  const own = new Map(zones.map((zone) => [zone, natGateway(place, zone)]));
  return (zone) => own.get(zone) ?? natGateway(place, zone);
}

/** The way out for the nodes of one zone, with an address of its own that others can let in. */
function natGateway({ name, names, here, child }: AksPlace, zone: string): NatGateway {
  const address = new PublicIPAddress(
    `${name}-egress-address-${zone}`,
    {
      ...here,
      publicIpAddressName: `${names.network}-egress-${zone}`,
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
      zones: [zone],
    },
    child(),
  );
  return new NatGateway(
    `${name}-egress-${zone}`,
    {
      ...here,
      natGatewayName: `${names.network}-egress-${zone}`,
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: address.id }],
      zones: [zone],
    },
    child(),
  );
}
