import { Cluster } from "@pulumi/aws/eks/cluster.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type * as pulumi from "@pulumi/pulumi";
import type { EksKeys } from "./keys.ts";
import { logGroup } from "./log-group.ts";
import { idsOf, type EksNetwork } from "./network.ts";
import type { EksPlace } from "./place.ts";
import { policyDocument, trusting } from "./policy-document.ts";
import { managedRole } from "./role.ts";
import type { EksSecurityGroups } from "./security-groups.ts";

/** Who asked for what, and who was let in; under strict also why pods went where. */
const LOGS = { relaxed: ["api", "audit", "authenticator"] } as const;
const STRICT_LOGS = [...LOGS.relaxed, "controllerManager", "scheduler"] as const;

/** What the control plane stands on. */
export interface ControlPlaneGround {
  readonly network: EksNetwork;
  readonly groups: EksSecurityGroups;
  readonly keys: EksKeys;
}

/**
 * The API server and what belongs to it. Nobody is let in by having made it: access.ts says who is. The
 * version is raised in place; everything else that names a part of the network is fixed.
 */
export function controlPlane(place: EksPlace, ground: ControlPlaneGround): Cluster {
  const { name, args, child } = place;
  const { network, groups, keys } = ground;
  const { role, ready } = controlPlaneRole(place, keys);
  const logs = logGroup(place, "control-plane-logs", {
    groupName: place.names.controlPlaneLogs,
    key: keys.cluster,
  });
  const isPublic = args.endpoint === "restricted";
  return new Cluster(
    `${name}-cluster`,
    {
      name: args.name,
      version: args.kubernetesVersion,
      roleArn: role.arn,
      accessConfig: {
        authenticationMode: "API",
        bootstrapClusterCreatorAdminPermissions: false,
      },
      vpcConfig: {
        subnetIds: idsOf(network.subnets.control),
        securityGroupIds: [groups.control.id],
        endpointPrivateAccess: true,
        endpointPublicAccess: isPublic,
        ...(isPublic ? { publicAccessCidrs: [...args.allowedCidrs] } : {}),
      },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: args.network.services },
      encryptionConfig: { provider: { keyArn: keys.cluster.arn }, resources: ["secrets"] },
      enabledClusterLogTypes: [...(args.guard === "strict" ? STRICT_LOGS : LOGS.relaxed)],
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      controlPlaneScalingConfig: { tier: "standard" },
      bootstrapSelfManagedAddons: false,
      deletionProtection: args.deletionProtection,
    },
    child({
      protect: args.deletionProtection,
      dependsOn: [...ready, logs],
      customTimeouts: { create: "45m", update: "120m", delete: "30m" },
    }),
  );
}

/** What EKS acts as when it makes network interfaces and load balancers, and reads its key. */
function controlPlaneRole(place: EksPlace, keys: EksKeys) {
  const { name, child } = place;
  const { role, ready } = managedRole(place, "control-plane", {
    trust: trusting("eks.amazonaws.com"),
    policies: ["AmazonEKSClusterPolicy"],
  });
  const key = new RolePolicy(
    `${name}-control-plane-key-policy`,
    {
      name: "use-key",
      role: role.name,
      policy: keys.cluster.arn.apply((Resource) =>
        policyDocument([
          {
            Effect: "Allow",
            Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
            Resource,
          },
        ]),
      ),
    },
    child(),
  );
  const all: readonly pulumi.Resource[] = [...ready, key];
  return { role, ready: all };
}
