import { at, objectsAt } from "../../../plan/model/json.ts";
import { allHave, equals, includes, isFalse, isText, isTrue } from "./planned-cloud.ts";

import {
  AKS,
  aksPools,
  EKS,
  EKS_TEMPLATE,
  GKE,
  GKE_POOL,
  NARROW,
  type SecureProperty,
} from "./secure-property.ts";

/** Who gets in, and what a cluster is made of. */
export const ACCESS_PROPERTIES: readonly SecureProperty[] = [
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
];
