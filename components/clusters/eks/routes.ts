import type { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import type { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type * as pulumi from "@pulumi/pulumi";
import type { SubnetPurpose } from "./address-plan.ts";
import { natGateways } from "./nat-gateways.ts";
import type { EksPlace } from "./place.ts";

/** What routes lead from and to. */
export interface RoutedNetwork {
  readonly vpc: Vpc;
  readonly internet: InternetGateway;
  readonly subnets: Readonly<Record<SubnetPurpose, ReadonlyMap<string, Subnet>>>;
}

export interface EksRoutes {
  /** Tables of the nodes' subnets, for doors that stand in tables. */
  readonly nodeTables: readonly RouteTable[];
  /** By zone: nodes reach what they need to start, so they come after it and go before it. */
  readonly nodesReachOut: ReadonlyMap<string, readonly pulumi.Resource[]>;
}

const EVERYWHERE = "0.0.0.0/0";
/** Subnets whose members have nothing to seek outside. */
const CLOSED: readonly SubnetPurpose[] = ["internal", "data", "endpoints", "control"];

/** Who reaches the internet: load balancers and NAT by themselves, nodes by NAT, and nobody else. */
export function routeTables(place: EksPlace, { vpc, internet, subnets }: RoutedNetwork): EksRoutes {
  const open = routeTable(place, vpc, "public");
  const toInternet = route(place, "public", open, { gatewayId: internet.id });
  const opened = associations(place, open, "public", subnets.public);
  const closed = routeTable(place, vpc, "closed");
  for (const purpose of CLOSED) associations(place, closed, purpose, subnets[purpose]);

  const nats = natGateways(place, subnets.public, [toInternet], opened);
  const nodeTables: RouteTable[] = [];
  const nodesReachOut = new Map<string, readonly pulumi.Resource[]>();
  for (const [zone, nat] of nats) {
    const table = routeTable(place, vpc, `nodes-${zone}`);
    const subnet = new Map([...subnets.nodes].filter(([other]) => other === zone));
    const associated = associations(place, table, "nodes", subnet);
    const out = route(place, `nodes-${zone}`, table, { natGatewayId: nat.id });
    nodeTables.push(table);
    nodesReachOut.set(zone, [out, ...associated.values()]);
  }
  return { nodeTables, nodesReachOut };
}

function routeTable({ name, args, child }: EksPlace, vpc: Vpc, purpose: string): RouteTable {
  const tags = { Name: `${args.name}-${purpose}` };
  return new RouteTable(`${name}-routes-${purpose}`, { vpcId: vpc.id, tags }, child());
}

function route(
  { name, child }: EksPlace,
  purpose: string,
  table: RouteTable,
  to:
    | { readonly gatewayId: pulumi.Output<string> }
    | { readonly natGatewayId: pulumi.Output<string> },
): Route {
  return new Route(
    `${name}-route-${purpose}`,
    { routeTableId: table.id, destinationCidrBlock: EVERYWHERE, ...to },
    child(),
  );
}

function associations(
  { name, child }: EksPlace,
  table: RouteTable,
  purpose: SubnetPurpose,
  subnets: ReadonlyMap<string, Subnet>,
): ReadonlyMap<string, RouteTableAssociation> {
  return new Map(
    [...subnets].map(([zone, subnet]) => [
      zone,
      new RouteTableAssociation(
        `${name}-routed-${purpose}-${zone}`,
        { routeTableId: table.id, subnetId: subnet.id },
        child(),
      ),
    ]),
  );
}
