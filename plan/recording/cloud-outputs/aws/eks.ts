import {
  CREATED,
  NO_CERTIFICATE,
  type CloudResource,
  type OutputRules,
} from "../cloud-resource.ts";
import { arn, ec2Id, nameOf, regionOf, tags } from "./place.ts";

/** What EKS would choose for a cluster that asks for no version. */
const DEFAULT_VERSION = "1.34";

/** What belongs to a cluster has an ARN of its kind, the cluster, its own name and a UUID. */
const belongingArn = (r: CloudResource, kind: string, name: string) =>
  arn(r, "eks", `${kind}/${r.text("clusterName")}/${name}/${r.uuid(kind)}`);

export const EKS: OutputRules = {
  "aws:eks/cluster:Cluster": (r) => {
    const name = r.text("name");
    const region = regionOf(r);
    const number = r.hex("endpoint", 32).toUpperCase();
    return {
      id: name,
      outputs: {
        arn: arn(r, "eks", `cluster/${name}`),
        region,
        certificateAuthority: { data: r.served?.certificateAuthority ?? NO_CERTIFICATE },
        // Only clusters on Outposts have one.
        clusterId: "",
        createdAt: CREATED,
        endpoint: r.served?.endpoint ?? `https://${number}.gr7.${region}.eks.amazonaws.com`,
        identities: [
          { oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${number}` }] },
        ],
        kubernetesNetworkConfig: {
          serviceIpv4Cidr: "172.20.0.0/16",
          serviceIpv6Cidr: "",
          ipFamily: "ipv4",
          ...r.map("kubernetesNetworkConfig"),
        },
        platformVersion: "eks.1",
        status: "ACTIVE",
        version: r.text("version", DEFAULT_VERSION),
        vpcConfig: { clusterSecurityGroupId: ec2Id(r, "sg") },
        ...tags(r),
      },
    };
  },
  "aws:eks/nodeGroup:NodeGroup": (r) => {
    const name = nameOf(r, "nodeGroupName", "nodeGroupNamePrefix");
    const group = `eks-${name}-${r.uuid("group")}`;
    return {
      id: `${r.text("clusterName")}:${name}`,
      outputs: {
        nodeGroupName: name,
        arn: belongingArn(r, "nodegroup", name),
        region: regionOf(r),
        resources: [{ autoscalingGroups: [{ name: group }], remoteAccessSecurityGroupId: "" }],
        status: "ACTIVE",
        capacityType: r.text("capacityType", "ON_DEMAND"),
        ...tags(r),
      },
    };
  },
  "aws:eks/addon:Addon": (r) => {
    const name = r.text("addonName");
    return {
      id: `${r.text("clusterName")}:${name}`,
      outputs: {
        arn: belongingArn(r, "addon", name),
        region: regionOf(r),
        createdAt: CREATED,
        modifiedAt: CREATED,
        ...tags(r),
      },
    };
  },
  "aws:eks/accessEntry:AccessEntry": (r) => {
    const principal = r.text("principalArn");
    const name = principal.slice(principal.lastIndexOf(":") + 1);
    return {
      id: `${r.text("clusterName")}:${principal}`,
      outputs: {
        accessEntryArn: belongingArn(r, "access-entry", name),
        region: regionOf(r),
        createdAt: CREATED,
        modifiedAt: CREATED,
        userName: r.text("userName", principal),
        ...tags(r),
      },
    };
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": (r) => ({
    id: [r.text("clusterName"), r.text("principalArn"), r.text("policyArn")].join("#"),
    outputs: { associatedAt: CREATED, modifiedAt: CREATED, region: regionOf(r) },
  }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": (r) => {
    const associationId = `a-${r.hex("association", 17)}`;
    const path = `podidentityassociation/${r.text("clusterName")}/${associationId}`;
    return {
      id: associationId,
      outputs: {
        associationId,
        associationArn: arn(r, "eks", path),
        externalId: "",
        region: regionOf(r),
        ...tags(r),
      },
    };
  },
};
