import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import type { Guard } from "../../core/guard.ts";
import { idsOf, type EksNetwork } from "./network.ts";
import type { EksPlace } from "./place.ts";

/** What nodes and controllers call, beside S3. Each door costs by the hour and zone. */
export const PRIVATE_SERVICES = [
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "logs",
  "secretsmanager",
  "sts",
] as const;

/**
 * Whether the services of AWS have addresses inside the network. Under relaxed S3 alone has a door,
 * which costs nothing, and it has no address of its own.
 */
export const hasPrivateServices = (guard: Guard): boolean => guard === "strict";

/** Private doors to the services of AWS, so that their traffic does not leave through NAT. */
export function vpcEndpoints(
  place: EksPlace,
  network: EksNetwork,
  group: SecurityGroup,
): VpcEndpoint[] {
  const { name, args, child } = place;
  const serviceName = (service: string) =>
    `${args.region.startsWith("cn-") ? "cn." : ""}com.amazonaws.${args.region}.${service}`;
  if (!hasPrivateServices(args.guard)) {
    return [
      new VpcEndpoint(
        `${name}-door-s3`,
        {
          vpcId: network.vpc.id,
          serviceName: serviceName("s3"),
          vpcEndpointType: "Gateway",
          routeTableIds: network.routes.nodeTables.map(({ id }) => id),
          tags: { Name: `${args.name}-s3` },
        },
        child(),
      ),
    ];
  }
  return [...PRIVATE_SERVICES, "s3" as const].map(
    (service) =>
      new VpcEndpoint(
        `${name}-door-${service.replace(".", "-")}`,
        {
          vpcId: network.vpc.id,
          serviceName: serviceName(service),
          vpcEndpointType: "Interface",
          subnetIds: idsOf(network.subnets.endpoints),
          securityGroupIds: [group.id],
          privateDnsEnabled: true,
          // S3 has another kind of door as well, and would otherwise keep this one for visitors.
          ...(service === "s3"
            ? { dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } }
            : {}),
          tags: { Name: `${args.name}-${service}` },
        },
        child(),
      ),
  );
}
