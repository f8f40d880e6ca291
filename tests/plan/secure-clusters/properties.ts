import { at, objectsAt } from "../../../plan/model/json.ts";
import {
  allHave,
  equals,
  includes,
  isFalse,
  isText,
  isTrue,
  type PlannedCloud,
} from "./planned-cloud.ts";

/** How one cloud has a property, and what shows it in a plan; or why it cannot have it. */
export type Proof =
  | { readonly how: string; readonly holds: (cloud: PlannedCloud) => boolean }
  | { readonly cannot: string };

/** What every cluster of guard strict is to be. */
export interface SecureProperty {
  readonly name: string;
  readonly gke: Proof;
  readonly eks: Proof;
  readonly aks: Proof;
}

const GKE = "gcp:container/cluster:Cluster";
const GKE_POOL = "gcp:container/nodePool:NodePool";
const EKS = "aws:eks/cluster:Cluster";
const EKS_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const AKS = "azure-native:containerservice:ManagedCluster";
const AKS_POOL = "azure-native:containerservice:AgentPool";

/** All pools of an AKS cluster: the first is part of the cluster. */
const aksPools = (cloud: PlannedCloud) => [
  ...cloud.inputsOf(AKS).flatMap((cluster) => objectsAt(cluster, "agentPoolProfiles")),
  ...cloud.inputsOf(AKS_POOL),
];

const isProtected = (cloud: PlannedCloud, type: string) =>
  cloud.entriesOf(type).length > 0 && cloud.entriesOf(type).every(({ protect }) => protect);

const NARROW = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && !value.some((cidr) => /\/0$/.test(String(cidr)));

export const SECURE_PROPERTIES: readonly SecureProperty[] = [
  {
    name: "Nodes have no public address",
    gke: {
      how: "`privateClusterConfig.enablePrivateNodes`",
      holds: (cloud) =>
        allHave(cloud.inputsOf(GKE), "privateClusterConfig.enablePrivateNodes", isTrue),
    },
    eks: {
      how: "node groups in subnets without a route from the internet gateway; `mapPublicIpOnLaunch` nowhere",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf("aws:eks/nodeGroup:NodeGroup"),
          "subnetIds",
          (ids) => Array.isArray(ids) && ids.length > 0,
        ) &&
        cloud
          .inputsOf("aws:ec2/subnet:Subnet")
          .every((subnet) => !isTrue(at(subnet, "mapPublicIpOnLaunch"))),
    },
    aks: {
      how: "`enableNodePublicIP: false` on every pool",
      holds: (cloud) => allHave(aksPools(cloud), "enableNodePublicIP", isFalse),
    },
  },
  {
    name: "What the API server stores is encrypted under a key of the stack's own, which rotates",
    gke: {
      how: "`databaseEncryption` with a key whose `rotationPeriod` is set",
      holds: (cloud) =>
        allHave(cloud.inputsOf(GKE), "databaseEncryption.keyName", isText) &&
        allHave(cloud.inputsOf("gcp:kms/cryptoKey:CryptoKey"), "rotationPeriod", isText),
    },
    eks: {
      how: "`encryptionConfig` with a key that has `enableKeyRotation`",
      holds: (cloud) =>
        allHave(cloud.inputsOf(EKS), "encryptionConfig.provider.keyArn", isText) &&
        allHave(cloud.inputsOf("aws:kms/key:Key"), "enableKeyRotation", isTrue),
    },
    aks: {
      how: "`securityProfile.azureKeyVaultKms`; the API server holds on to one version of its key, so a person moves it to the next",
      holds: (cloud) =>
        allHave(cloud.inputsOf(AKS), "securityProfile.azureKeyVaultKms.enabled", isTrue),
    },
  },
  {
    name: "Audit logs are kept, in a place that is there before the cluster",
    gke: {
      how: "a log bucket with retention and a sink; Admin Activity logs cannot be turned off",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf("gcp:logging/projectBucketConfig:ProjectBucketConfig"),
          "retentionDays",
          (days) => Number(days) >= 30,
        ) && cloud.comesAfter(GKE, "gcp:logging/projectSink:ProjectSink"),
    },
    eks: {
      how: "`enabledClusterLogTypes` into a log group with retention that is made first",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf(EKS),
          "enabledClusterLogTypes",
          includes("api", "audit", "authenticator"),
        ) &&
        allHave(
          cloud.inputsOf("aws:cloudwatch/logGroup:LogGroup"),
          "retentionInDays",
          (days) => Number(days) >= 30,
        ) &&
        cloud.comesAfter(EKS, "aws:cloudwatch/logGroup:LogGroup"),
    },
    aks: {
      how: "a diagnostic setting into a workspace with retention; it names the cluster, so it follows it at once",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf("azure-native:operationalinsights:Workspace"),
          "retentionInDays",
          (days) => Number(days) >= 30,
        ) &&
        cloud
          .inputsOf("azure-native:monitor:DiagnosticSetting")
          .some((setting) =>
            objectsAt(setting, "logs").some(
              (log) => at(log, "category") === "kube-audit-admin" && isTrue(at(log, "enabled")),
            ),
          ),
    },
  },
  {
    name: "The API server answers nobody from the whole internet",
    gke: {
      how: "no IP endpoint; a DNS endpoint behind Google's sign-in",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf(GKE),
          "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled",
          isFalse,
        ),
    },
    eks: {
      how: "`publicAccessCidrs` from the stack file, never 0.0.0.0/0",
      holds: (cloud) => allHave(cloud.inputsOf(EKS), "vpcConfig.publicAccessCidrs", NARROW),
    },
    aks: {
      how: "`authorizedIPRanges` from the stack file, never 0.0.0.0/0; no run command",
      holds: (cloud) =>
        allHave(cloud.inputsOf(AKS), "apiServerAccessProfile.authorizedIPRanges", NARROW) &&
        allHave(cloud.inputsOf(AKS), "apiServerAccessProfile.disableRunCommand", isTrue),
    },
  },
  {
    name: "Nobody is an administrator whom the stack file does not name",
    gke: {
      how: "no client certificate, no ABAC, no bindings for everybody who is signed in",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf(GKE),
          "masterAuth.clientCertificateConfig.issueClientCertificate",
          isFalse,
        ) &&
        allHave(cloud.inputsOf(GKE), "enableLegacyAbac", isFalse) &&
        allHave(
          cloud.inputsOf(GKE),
          "rbacBindingConfig.enableInsecureBindingSystemAuthenticated",
          isFalse,
        ),
    },
    eks: {
      how: "access entries alone (`authenticationMode: API`), and none for the creator",
      holds: (cloud) =>
        allHave(cloud.inputsOf(EKS), "accessConfig.authenticationMode", equals("API")) &&
        allHave(
          cloud.inputsOf(EKS),
          "accessConfig.bootstrapClusterCreatorAdminPermissions",
          isFalse,
        ),
    },
    aks: {
      how: "`disableLocalAccounts`, rights from Azure RBAC",
      holds: (cloud) =>
        allHave(cloud.inputsOf(AKS), "disableLocalAccounts", isTrue) &&
        allHave(cloud.inputsOf(AKS), "aadProfile.enableAzureRBAC", isTrue),
    },
  },
  {
    name: "Pods sign in to the cloud as themselves",
    gke: {
      how: "`workloadIdentityConfig`; nodes hide their own identity (`GKE_METADATA`)",
      holds: (cloud) =>
        allHave(cloud.inputsOf(GKE), "workloadIdentityConfig.workloadPool", isText) &&
        allHave(
          cloud.inputsOf(GKE_POOL),
          "nodeConfig.workloadMetadataConfig.mode",
          equals("GKE_METADATA"),
        ),
    },
    eks: {
      how: "the add-on `eks-pod-identity-agent`",
      holds: (cloud) =>
        cloud
          .inputsOf("aws:eks/addon:Addon")
          .some((addon) => at(addon, "addonName") === "eks-pod-identity-agent"),
    },
    aks: {
      how: "`oidcIssuerProfile` and `securityProfile.workloadIdentity`",
      holds: (cloud) =>
        allHave(cloud.inputsOf(AKS), "oidcIssuerProfile.enabled", isTrue) &&
        allHave(cloud.inputsOf(AKS), "securityProfile.workloadIdentity.enabled", isTrue),
    },
  },
  {
    name: "Nodes are hardened",
    gke: {
      how: "secure boot and integrity monitoring, Container-Optimized OS, no kubelet read-only port",
      holds: (cloud) =>
        allHave(
          cloud.inputsOf(GKE_POOL),
          "nodeConfig.shieldedInstanceConfig.enableSecureBoot",
          isTrue,
        ) && allHave(cloud.inputsOf(GKE_POOL), "nodeConfig.imageType", equals("COS_CONTAINERD")),
    },
    eks: {
      how: "IMDSv2 with hop limit 1 on every launch template",
      holds: (cloud) =>
        allHave(cloud.inputsOf(EKS_TEMPLATE), "metadataOptions.httpTokens", equals("required")) &&
        allHave(cloud.inputsOf(EKS_TEMPLATE), "metadataOptions.httpPutResponseHopLimit", equals(1)),
    },
    aks: {
      how: "secure boot, a virtual TPM, no SSH, Azure Linux",
      holds: (cloud) =>
        allHave(aksPools(cloud), "securityProfile.enableSecureBoot", isTrue) &&
        allHave(aksPools(cloud), "securityProfile.sshAccess", equals("Disabled")) &&
        allHave(aksPools(cloud), "osSKU", equals("AzureLinux")),
    },
  },
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
