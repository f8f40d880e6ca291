import type { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import type { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import type { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type * as pulumi from "@pulumi/pulumi";
import type { SubnetPurpose } from "./address-plan.ts";
import type { EksPlace } from "./place.ts";

/** What routes lead from and to. */
export interface RoutedNetwork {
  readonly vpc: Vpc;
  readonly internet: InternetGateway;
  readonly nats: ReadonlyMap<string, NatGateway>;
  readonly subnets: Readonly<Record<SubnetPurpose, ReadonlyMap<string, Subnet>>>;
}

export interface EksRoutes {
  /** Tables of the nodes' subnets, for doors that stand in tables. */
  readonly nodeTables: readonly RouteTable[];
  /** Nodes reach what they need to start; they come after it and go before it. */
  readonly nodesReachOut: readonly pulumi.Resource[];
}

const EVERYWHERE = "0.0.0.0/0";
/** Subnets whose members have nothing to seek outside. */
const CLOSED: readonly SubnetPurpose[] = ["internal", "data", "endpoints", "control"];

export function routeTables(place: EksPlace, network: RoutedNetwork): EksRoutes {
  const { name, child } = place;
  const { vpc, internet, nats, subnets } = network;
  const open = table(place, vpc, "public");
  const toInternet = new Route(
    `${name}-route-public`,
    { routeTableId: open.id, destinationCidrBlock: EVERYWHERE, gatewayId: internet.id },
    child(),
  );
  const opened = associate(place, open, "public", subnets.public);
  const closed = table(place, vpc, "closed");
  for (const purpose of CLOSED) associate(place, closed, purpose, subnets[purpose]);

  const perZone = [...subnets.nodes].map(([zone, subnet]) => {
    const nodes = table(place, vpc, `nodes-${zone}`);
    const nat = nats.get(zone);
    const route =
      nat === undefined
        ? []
        : [
            new Route(
              `${name}-route-nodes-${zone}`,
              { routeTableId: nodes.id, destinationCidrBlock: EVERYWHERE, natGatewayId: nat.id },
              child(),
            ),
          ];
    return {
      nodes,
      reach: [...route, ...associate(place, nodes, "nodes", new Map([[zone, subnet]]))],
    };
  });
  return {
    nodeTables: perZone.map(({ nodes }) => nodes),
    nodesReachOut: [toInternet, ...opened, ...perZone.flatMap(({ reach }) => reach)],
  };
}

function table({ name, args, child }: EksPlace, vpc: Vpc, purpose: string): RouteTable {
  const tags = { Name: `${args.name}-${purpose}` };
  return new RouteTable(`${name}-routes-${purpose}`, { vpcId: vpc.id, tags }, child());
}

function associate(
  { name, child }: EksPlace,
  table: RouteTable,
  purpose: SubnetPurpose,
  subnets: ReadonlyMap<string, Subnet>,
): RouteTableAssociation[] {
  return [...subnets].map(
    ([zone, subnet]) =>
      new RouteTableAssociation(
        `${name}-routed-${purpose}-${zone}`,
        { routeTableId: table.id, subnetId: subnet.id },
        child(),
      ),
  );
}
