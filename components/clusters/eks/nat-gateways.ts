import { Eip } from "@pulumi/aws/ec2/eip.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import type { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type * as pulumi from "@pulumi/pulumi";
import type { EksPlace } from "./place.ts";

/**
 * How the nodes of each zone reach the internet. A NAT comes after its own way there, so that whoever
 * waits for the NAT need not wait for that as well.
 */
export function natGateways(
  { name, args, child }: EksPlace,
  subnets: ReadonlyMap<string, Subnet>,
  toInternet: readonly pulumi.Resource[],
  opened: ReadonlyMap<string, pulumi.Resource>,
): ReadonlyMap<string, NatGateway> {
  const zones = args.guard === "strict" ? args.zones : args.zones.slice(0, 1);
  const made = zones.flatMap((zone) => {
    const [subnet, associated] = [subnets.get(zone), opened.get(zone)];
    if (subnet === undefined || associated === undefined) return [];
    const tags = { Name: `${args.name}-nat-${zone}` };
    const address = new Eip(`${name}-nat-address-${zone}`, { domain: "vpc", tags }, child());
    const nat = new NatGateway(
      `${name}-nat-${zone}`,
      { allocationId: address.id, subnetId: subnet.id, tags },
      child({ dependsOn: [...toInternet, associated] }),
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
