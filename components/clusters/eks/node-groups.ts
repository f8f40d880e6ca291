import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup.js";
import type * as pulumi from "@pulumi/pulumi";
import { shortened } from "../cloud-names.ts";
import { poolLabels, poolTaints } from "../node-pools.ts";
import type { CloudNodePoolSettings, PoolRole } from "../settings.ts";
import type { EksKeys } from "./keys.ts";
import type { EksNetwork } from "./network.ts";
import { imageType, launchTemplateArgs } from "./node-image.ts";
import type { EksPlace } from "./place.ts";
import { trusting } from "./policy-document.ts";
import { zoneGroups, type ZoneGroup } from "./pool-layout.ts";
import { managedRole, type ReadyRole } from "./role.ts";
import type { EksSecurityGroups } from "./security-groups.ts";

/** What nodes stand on. */
export interface NodeGround {
  readonly network: EksNetwork;
  readonly groups: EksSecurityGroups;
  readonly keys: EksKeys;
  /** The last of what is there before the first node; all else that nodes need came before it. */
  readonly before: pulumi.Resource;
}

/** AWS adds 26 characters to what the name of a group begins with, and takes 63 in all. */
const LONGEST_PREFIX = 36;
const EFFECTS = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/** What a node may do: join, pull images, hand roles to its pods. Addresses are the CNI's own role. */
const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"] as const;

/** A group, and what runs on it. */
export interface RoleGroup {
  readonly role: PoolRole;
  readonly group: NodeGroup;
}

/** The nodes: a launch template for each pool, a group for each pool and zone. */
export function nodeGroups(place: EksPlace, ground: NodeGround): RoleGroup[] {
  const nodeRole = managedRole(place, "nodes", {
    trust: trusting("ec2.amazonaws.com"),
    policies: NODE_POLICIES,
  });
  const templates = new Map(
    place.args.nodePools.map((pool) => [pool.name, launchTemplate(place, ground, pool)]),
  );
  return zoneGroups(place.args).flatMap((group) => {
    const template = templates.get(group.pool.name);
    const subnet = ground.network.subnets.nodes.get(group.zone);
    if (template === undefined || subnet === undefined) return [];
    const made = nodeGroup(place, ground, { group, template, subnetId: subnet.id, nodeRole });
    return [{ role: group.pool.role, group: made }];
  });
}

function launchTemplate(
  { name, args, names, child }: EksPlace,
  { groups, keys }: NodeGround,
  pool: CloudNodePoolSettings,
): LaunchTemplate {
  return new LaunchTemplate(
    `${name}-template-${pool.name}`,
    {
      ...launchTemplateArgs(args, pool, keys.data.arn),
      namePrefix: names.prefix(pool.name),
      vpcSecurityGroupIds: [groups.nodes.id],
      tags: { Name: `${args.name}-${pool.name}` },
    },
    child(),
  );
}

interface NodeGroupParts {
  readonly group: ZoneGroup;
  readonly template: LaunchTemplate;
  readonly subnetId: pulumi.Output<string>;
  readonly nodeRole: ReadyRole;
}

function nodeGroup(
  { name, args, child }: EksPlace,
  { network, groups, before }: NodeGround,
  { group, template, subnetId, nodeRole }: NodeGroupParts,
): NodeGroup {
  const { pool, zone, minNodes, maxNodes } = group;
  return new NodeGroup(
    `${name}-pool-${pool.name}-${zone}`,
    {
      clusterName: args.name,
      // A beginning and no name, so that a group that must be replaced is there before the old one goes.
      nodeGroupNamePrefix: `${shortened(`${pool.name}-${zone}`, LONGEST_PREFIX)}-`,
      nodeRoleArn: nodeRole.role.arn,
      subnetIds: [subnetId],
      version: args.kubernetesVersion,
      amiType: imageType(pool.machineType),
      capacityType: pool.spot ? "SPOT" : "ON_DEMAND",
      launchTemplate: {
        id: template.id,
        version: template.latestVersion.apply(String),
      },
      scalingConfig: { minSize: minNodes, maxSize: maxNodes, desiredSize: minNodes },
      labels: poolLabels(pool.role),
      taints: poolTaints("eks", pool.role).map(({ key, value, effect }) => ({
        key,
        value,
        effect: EFFECTS[effect],
      })),
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      // A node that cannot be drained stops the upgrade: better than data that loses its quorum.
      forceUpdateVersion: false,
      tags: { Name: `${args.name}-${pool.name}-${zone}` },
    },
    child({
      dependsOn: [
        before,
        ...nodeRole.ready,
        ...groups.joining,
        ...(network.routes.nodesReachOut.get(zone) ?? []),
      ],
      // The autoscaler's.
      ignoreChanges: ["scalingConfig.desiredSize"],
      customTimeouts: { create: "45m", update: "120m", delete: "60m" },
    }),
  );
}
