import type { CloudRecord } from "./cloud-record.ts";

/** The zones that subnets of AWS's lie in. */
export function zonesOfSubnets(
  subnets: readonly string[],
  others: readonly CloudRecord[],
): string[] {
  const zones = others
    .filter(({ type, id }) => type === "aws:ec2/subnet:Subnet" && subnets.includes(id))
    .flatMap(({ inputs }) => {
      const zone = inputs["availabilityZone"];
      return typeof zone === "string" ? [zone] : [];
    });
  return [...new Set(zones)].toSorted();
}
