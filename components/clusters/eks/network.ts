import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type * as pulumi from "@pulumi/pulumi";
import { SUBNET_PURPOSES, type AddressPlan, type SubnetPurpose } from "./address-plan.ts";
import type { EksPlace } from "./place.ts";
import { routeTables, type EksRoutes } from "./routes.ts";

/** Subnets of one purpose, by zone. */
export type ZoneSubnets = ReadonlyMap<string, Subnet>;

/** The network, and what others put into it. */
export interface EksNetwork {
  readonly vpc: Vpc;
  readonly subnets: Readonly<Record<SubnetPurpose, ZoneSubnets>>;
  readonly routes: EksRoutes;
}

/** The load balancer controller finds subnets by these. */
const SUBNET_TAGS: Partial<Record<SubnetPurpose, Record<string, string>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  internal: { "kubernetes.io/role/internal-elb": "1" },
};

/**
 * A network of our own: nothing but NAT and load balancers has an address of the internet. Under guard
 * strict each zone leaves through its own NAT; otherwise all leave through the first zone's.
 */
export function eksNetwork(place: EksPlace, plan: AddressPlan): EksNetwork {
  const { name, args, child } = place;
  const vpc = new Vpc(
    `${name}-vpc`,
    {
      cidrBlock: args.network.cidr,
      // Private names of the services of AWS need both.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: args.name },
    },
    child(),
  );
  // AWS makes it with the network and lets its members reach each other; ours lets nobody reach anybody.
  new DefaultSecurityGroup(
    `${name}-default-group`,
    { vpcId: vpc.id, ingress: [], egress: [], tags: { Name: `${args.name}-unused` } },
    child(),
  );
  const internet = new InternetGateway(
    `${name}-internet`,
    { vpcId: vpc.id, tags: { Name: args.name } },
    child(),
  );
  const [nodes, open, internal, data, endpoints, control] = SUBNET_PURPOSES.map((purpose) =>
    subnetsFor(place, vpc, purpose, plan[purpose]),
  ) as [ZoneSubnets, ZoneSubnets, ZoneSubnets, ZoneSubnets, ZoneSubnets, ZoneSubnets];
  const subnets = { nodes, public: open, internal, data, endpoints, control };
  const routes = routeTables(place, { vpc, internet, subnets });
  return { vpc, subnets, routes };
}

function subnetsFor(
  { name, args, child }: EksPlace,
  vpc: Vpc,
  purpose: SubnetPurpose,
  ranges: ReadonlyMap<string, string>,
): ZoneSubnets {
  return new Map(
    [...ranges].map(([zone, cidrBlock]) => [
      zone,
      new Subnet(
        `${name}-${purpose}-${zone}`,
        {
          vpcId: vpc.id,
          availabilityZone: zone,
          cidrBlock,
          mapPublicIpOnLaunch: false,
          tags: { Name: `${args.name}-${purpose}-${zone}`, ...SUBNET_TAGS[purpose] },
        },
        child(),
      ),
    ]),
  );
}

/** Ids of all subnets of one purpose. */
export const idsOf = (subnets: ZoneSubnets): pulumi.Output<string>[] =>
  [...subnets.values()].map(({ id }) => id);
