import { Addon } from "@pulumi/aws/eks/addon.js";
import type { Cluster } from "@pulumi/aws/eks/cluster.js";
import type * as pulumi from "@pulumi/pulumi";
import { addOnConfiguration } from "./add-on-configuration.ts";
import { addOnVersion, type AddOnName } from "./add-on-versions.ts";
import type { EksPlace } from "./place.ts";
import { podTrust } from "./pod-trust.ts";
import { managedRole } from "./role.ts";

/** What pods of an add-on act as. The role can be taken by this ServiceAccount alone. */
interface AddOnIdentity {
  readonly serviceAccount: string;
  readonly policy: string;
}

const IDENTITIES: Partial<Record<AddOnName, AddOnIdentity>> = {
  "vpc-cni": { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
  "aws-ebs-csi-driver": {
    serviceAccount: "ebs-csi-controller-sa",
    policy: "service-role/AmazonEBSCSIDriverPolicy",
  },
  "aws-efs-csi-driver": {
    serviceAccount: "efs-csi-controller-sa",
    policy: "service-role/AmazonEFSCSIDriverPolicy",
  },
};

/**
 * A node is not ready without these, and EKS waits for nodes that are: pods have addresses from the CNI,
 * which has its role from the agent, and asks an API server that it finds by kube-proxy.
 */
export function addOnsBeforeNodes(place: EksPlace, cluster: Cluster): Addon {
  const agent = addOn(place, "eks-pod-identity-agent", cluster);
  const proxy = addOn(place, "kube-proxy", agent);
  return addOn(place, "vpc-cni", proxy);
}

/** These run on nodes of the system pool, and EKS waits until they do: one group is enough to begin. */
export function addOnsAfterNodes(place: EksPlace, systemNodes: pulumi.Resource): Addon[] {
  const names: AddOnName[] = [
    "coredns",
    "aws-ebs-csi-driver",
    ...(place.args.storage.rwx ? ["aws-efs-csi-driver" as const] : []),
    "snapshot-controller",
    "metrics-server",
  ];
  return names.map((name) => addOn(place, name, systemNodes));
}

function addOn(place: EksPlace, addonName: AddOnName, after: pulumi.Resource): Addon {
  const { name, args, child } = place;
  const identity = IDENTITIES[addonName];
  const configuration = addOnConfiguration(addonName, args);
  const { role, ready } =
    identity === undefined
      ? { ready: [] }
      : managedRole(place, addonName, {
          trust: podTrust(args, { namespace: "kube-system", name: identity.serviceAccount }),
          policies: [identity.policy],
        });
  return new Addon(
    `${name}-${addonName}`,
    {
      clusterName: args.name,
      addonName,
      addonVersion: addOnVersion(args.kubernetesVersion, addonName),
      // What this program says holds; whatever was changed by hand is taken back.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(configuration === undefined
        ? {}
        : { configurationValues: JSON.stringify(configuration) }),
      ...(identity === undefined || role === undefined
        ? {}
        : {
            podIdentityAssociations: [
              { roleArn: role.arn, serviceAccount: identity.serviceAccount },
            ],
          }),
    },
    child({
      dependsOn: [...ready, after],
      customTimeouts: { create: "30m", update: "30m", delete: "30m" },
    }),
  );
}
