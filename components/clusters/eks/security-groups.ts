import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type * as pulumi from "@pulumi/pulumi";
import type { EksNetwork } from "./network.ts";
import type { EksPlace } from "./place.ts";

/** What the API server asks of every node: kubelet, and the metrics-server that EKS installs. */
export const KUBELET_PORT = 10250;
export const METRICS_SERVER_PORT = 10251;
const HTTPS = 443;

export interface EksSecurityGroups {
  /** Nodes, and so pods. */
  readonly nodes: SecurityGroup;
  /** The API server's addresses in the network, beside the group that EKS makes itself. */
  readonly control: SecurityGroup;
  /** Private doors to the services of AWS. */
  readonly endpoints: SecurityGroup;
  /** The rules without which nodes do not join. */
  readonly joining: readonly pulumi.Resource[];
  /** The rules without which something in the cluster is not reached. */
  readonly serving: readonly pulumi.Resource[];
}

/** A group that lets nothing in or out but what rules say. */
export function securityGroup(
  { name, args, names, child }: EksPlace,
  network: EksNetwork,
  purpose: string,
  { description, tags = {} }: { description: string; tags?: Record<string, string> },
): SecurityGroup {
  return new SecurityGroup(
    `${name}-${purpose}-group`,
    {
      vpcId: network.vpc.id,
      namePrefix: names.prefix(purpose),
      description,
      tags: { Name: `${args.name}-${purpose}`, ...tags },
    },
    child(),
  );
}

/** Who comes in: members of another group, or a range. */
type Source = { readonly group: SecurityGroup } | { readonly cidr: string };

/** Lets a source in at one TCP port. */
export function allowIn(
  { name, child }: EksPlace,
  rule: string,
  { to, from, port }: { to: SecurityGroup; from: Source; port: number },
): SecurityGroupIngressRule {
  return new SecurityGroupIngressRule(
    `${name}-${rule}`,
    {
      securityGroupId: to.id,
      ...("group" in from ? { referencedSecurityGroupId: from.group.id } : { cidrIpv4: from.cidr }),
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    },
    child(),
  );
}

/** Ports at which the API server reaches nodes and pods; no other is open to it. */
export function controlPlanePorts(webhookPorts: readonly number[]): number[] {
  const ports = new Set([KUBELET_PORT, METRICS_SERVER_PORT, ...webhookPorts]);
  return [...ports].toSorted((one, other) => one - other);
}

/**
 * Nodes and API server reach each other at the ports that are in use and no others. Nodes are not
 * members of the group that EKS makes, whose members reach each other at all ports; the API server is,
 * so nothing here says what it may reach.
 */
export function securityGroups(place: EksPlace, network: EksNetwork): EksSecurityGroups {
  const { name, args, child } = place;
  const nodes = securityGroup(place, network, "nodes", {
    description: `Nodes and pods of ${args.name}`,
    // Marks the one group to which the load balancer controller may add rules.
    tags: { [`kubernetes.io/cluster/${args.name}`]: "owned" },
  });
  const control = securityGroup(place, network, "control", {
    description: `API server of ${args.name}`,
  });
  const endpoints = securityGroup(place, network, "endpoints", {
    description: `Services of AWS inside the network of ${args.name}`,
  });
  const joining = [
    // Any pod may listen at any port; which pods may call which is what network policies say.
    new SecurityGroupIngressRule(
      `${name}-nodes-from-nodes`,
      { securityGroupId: nodes.id, referencedSecurityGroupId: nodes.id, ipProtocol: "-1" },
      child(),
    ),
    new SecurityGroupEgressRule(
      `${name}-nodes-to-anywhere`,
      { securityGroupId: nodes.id, cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" },
      child(),
    ),
    allowIn(place, "control-from-nodes", { to: control, from: { group: nodes }, port: HTTPS }),
  ];
  const serving = controlPlanePorts(args.webhookPorts).map((port) =>
    allowIn(place, `nodes-from-control-${port}`, { to: nodes, from: { group: control }, port }),
  );
  allowIn(place, "endpoints-from-nodes", { to: endpoints, from: { group: nodes }, port: HTTPS });
  // Deployments inside the network, or in one that is joined to it, have no other way in.
  const inside = args.endpoint === "private" ? [args.network.cidr, ...args.network.peers] : [];
  const entrances = inside.map((cidr) =>
    allowIn(place, `control-from-${cidr.replace("/", "-")}`, {
      to: control,
      from: { cidr },
      port: HTTPS,
    }),
  );
  return { nodes, control, endpoints, joining, serving: [...serving, ...entrances] };
}
