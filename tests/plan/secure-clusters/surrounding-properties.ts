import { at, objectsAt } from "../../../plan/model/json.ts";
import { allHave, equals, isFalse, isText, isTrue } from "./planned-cloud.ts";

import {
  AKS,
  aksPools,
  EKS,
  EKS_TEMPLATE,
  GKE,
  GKE_POOL,
  isProtected,
  type SecureProperty,
} from "./secure-property.ts";

/** What stands around a cluster, and what becomes of its data. */
export const SURROUNDING_PROPERTIES: readonly SecureProperty[] = [
  {
    name: "Network policies are enforced",
    gke: {
      how: "Dataplane V2 (`ADVANCED_DATAPATH`)",
      holds: (cloud) =>
        allHave(cloud.inputsOf(GKE), "datapathProvider", equals("ADVANCED_DATAPATH")),
    },
    eks: {
      how: "`enableNetworkPolicy` in the add-on `vpc-cni`",
      holds: (cloud) =>
        cloud
          .inputsOf("aws:eks/addon:Addon")
          .some(
            (addon) =>
              at(addon, "addonName") === "vpc-cni" &&
              String(at(addon, "configurationValues")).includes('"enableNetworkPolicy":"true"'),
          ),
    },
    aks: {
      how: "Cilium as dataplane and for policies",
      holds: (cloud) =>
        allHave(cloud.inputsOf(AKS), "networkProfile.networkPolicy", equals("cilium")) &&
        allHave(cloud.inputsOf(AKS), "networkProfile.networkDataplane", equals("cilium")),
    },
  },
  {
    name: "Nodes may do what nodes must, and no more",
    gke: {
      how: "an account of their own with the node role, two for metrics; never the default account",
      holds: (cloud) =>
        allHave(cloud.inputsOf(GKE_POOL), "nodeConfig.serviceAccount", isText) &&
        cloud
          .inputsOf("gcp:projects/iAMMember:IAMMember")
          .every(
            (member) => !["roles/editor", "roles/owner"].includes(String(at(member, "role"))),
          ) &&
        cloud.inputsOf(GKE_POOL).length > 0,
    },
    eks: {
      how: "a role with the worker policy and pull-only for images; the network driver has its own",
      holds: (cloud) => {
        const policies = cloud
          .inputsOf("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
          .map((attachment) => String(at(attachment, "policyArn")));
        return (
          policies.some((arn) => arn.endsWith("/AmazonEC2ContainerRegistryPullOnly")) &&
          !policies.some((arn) => /AdministratorAccess|PowerUserAccess/.test(arn))
        );
      },
    },
    aks: {
      how: "a kubelet identity apart from that of the control plane, with no role but pulling images",
      holds: (cloud) =>
        allHave(cloud.inputsOf(AKS), "identityProfile.kubeletidentity.resourceId", (id) =>
          String(id).endsWith("-nodes"),
        ),
    },
  },
  {
    name: "The cluster is not deleted by mistake",
    gke: {
      how: "`deletionProtection`, and `protect` for the engine",
      holds: (cloud) =>
        allHave(cloud.inputsOf(GKE), "deletionProtection", isTrue) && isProtected(cloud, GKE),
    },
    eks: {
      how: "`deletionProtection`, and `protect` for the engine",
      holds: (cloud) =>
        allHave(cloud.inputsOf(EKS), "deletionProtection", isTrue) && isProtected(cloud, EKS),
    },
    aks: {
      how: "a lock on the cluster, and `protect` for the engine",
      holds: (cloud) =>
        cloud
          .inputsOf("azure-native:authorization:ManagementLockByScope")
          .some((lock) => String(at(lock, "scope")).includes("/managedClusters/")) &&
        isProtected(cloud, AKS),
    },
  },
  {
    name: "The cloud changes control plane and nodes in a window of the stack file's",
    gke: {
      how: "`maintenancePolicy.recurringWindow` and exclusions",
      holds: (cloud) =>
        allHave(cloud.inputsOf(GKE), "maintenancePolicy.recurringWindow.recurrence", isText),
    },
    eks: { cannot: "EKS has no window. Versions and node images change with an `up` alone." },
    aks: {
      how: "maintenance configurations for the cluster and for node images",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf("azure-native:containerservice:MaintenanceConfiguration"),
          "maintenanceWindow.durationHours",
          (hours) => Number(hours) >= 4,
        ),
    },
  },
  {
    name: "Disks are encrypted",
    gke: {
      how: "nodes' disks under a key of the stack's own",
      holds: (cloud) => allHave(cloud.inputsOf(GKE_POOL), "nodeConfig.bootDiskKmsKey", isText),
    },
    eks: {
      how: "every volume of every launch template under a key of the stack's own",
      holds: (cloud) =>
        cloud.inputsOf(EKS_TEMPLATE).length > 0 &&
        cloud
          .inputsOf(EKS_TEMPLATE)
          .every((template) =>
            allHave(objectsAt(template, "blockDeviceMappings"), "ebs.encrypted", isTrue),
          ),
    },
    aks: {
      how: "`enableEncryptionAtHost` on every pool, under Azure's key",
      holds: (cloud) => allHave(aksPools(cloud), "enableEncryptionAtHost", isTrue),
    },
  },
  {
    name: "Connections of the network are logged",
    gke: {
      how: "`logConfig` of the nodes' subnet",
      holds: (cloud) =>
        cloud
          .inputsOf("gcp:compute/subnetwork:Subnetwork")
          .some((subnet) => isText(at(subnet, "logConfig", "aggregationInterval"))),
    },
    eks: {
      how: "a flow log of the VPC",
      holds: (cloud) => allHave(cloud.inputsOf("aws:ec2/flowLog:FlowLog"), "vpcId", isText),
    },
    aks: {
      how: "a flow log of the network",
      holds: (cloud) =>
        allHave(cloud.inputsOf("azure-native:network:FlowLog"), "targetResourceId", isText),
    },
  },
  {
    name: "Object stores are closed to the public",
    gke: {
      how: "`publicAccessPrevention: enforced`, uniform access",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf("gcp:storage/bucket:Bucket"),
          "publicAccessPrevention",
          equals("enforced"),
        ),
    },
    eks: {
      how: "a public access block on every bucket",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"),
          "blockPublicPolicy",
          isTrue,
        ) &&
        cloud.inputsOf("aws:s3/bucket:Bucket").length ===
          cloud.inputsOf("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").length,
    },
    aks: {
      how: "`allowBlobPublicAccess: false`, no account keys",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf("azure-native:storage:StorageAccount"),
          "allowBlobPublicAccess",
          isFalse,
        ),
    },
  },
];
