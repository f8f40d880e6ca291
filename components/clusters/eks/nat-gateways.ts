import { Eip } from "@pulumi/aws/ec2/eip.js";
import type { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import type { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type { EksPlace } from "./place.ts";

/** How the nodes of each zone reach the internet. */
export function natGateways(
  { name, args, child }: EksPlace,
  subnets: ReadonlyMap<string, Subnet>,
  internet: InternetGateway,
): ReadonlyMap<string, NatGateway> {
  const zones = args.guard === "strict" ? args.zones : args.zones.slice(0, 1);
  const made = zones.flatMap((zone) => {
    const subnet = subnets.get(zone);
    if (subnet === undefined) return [];
    const tags = { Name: `${args.name}-nat-${zone}` };
    const address = new Eip(`${name}-nat-address-${zone}`, { domain: "vpc", tags }, child());
    const nat = new NatGateway(
      `${name}-nat-${zone}`,
      { allocationId: address.id, subnetId: subnet.id, tags },
      child({ dependsOn: [internet] }),
    );
    return [nat];
  });
  return new Map(
    args.zones.flatMap((zone, index) => {
      const nat = made[index] ?? made[0];
      return nat === undefined ? [] : [[zone, nat] as const];
    }),
  );
}
