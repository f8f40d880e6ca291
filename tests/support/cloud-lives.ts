import { cloudAccount, type Cloud } from "../../plan/recording/cloud-outputs/index.ts";

/** What differs between the clouds in the life of one stack on each. */
export interface CloudLife {
  readonly kind: "gke" | "eks" | "aks";
  /** The folder below examples/; undefined for the project's own stack files. */
  readonly example: string | undefined;
  readonly cloud: Cloud;
  /** The type whose first creation meets a used-up quota. */
  readonly poolType: string;
  /** Which of the pools is the general one. */
  readonly generalPool: number;
  readonly grownTo: number;
  /** What is done when that pool grows. */
  readonly touchedByGrowth: readonly string[];
  /** What is done when the Kubernetes version is raised. */
  readonly touchedByVersion: readonly string[];
  /** What is left in the account when all is destroyed. */
  readonly retained: readonly string[];
}

/** What the shipped stack file calls its project, and the number that the stand-ins give it. */
const GKE_PROJECT = "your-project";
const GKE_NUMBER = cloudAccount({ project: GKE_PROJECT }).projectNumber;
const GKE_RING = `projects/${GKE_PROJECT}/locations/us-central1/keyRings/cluster-keys-xxxxxxx`;
const GKE_KEYS = `${GKE_RING}/cryptoKeys`;

/** The buckets with all their settings, and the key without which nobody reads them. */
const EKS_RETAINED = [
  "aws:kms/key:Key 4163ea83-3deb-4ef1-8357-9957d08f0715",
  ...[
    "bucket:Bucket",
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "bucketOwnershipControls:BucketOwnershipControls",
    "bucketPolicy:BucketPolicy",
    "bucketPublicAccessBlock:BucketPublicAccessBlock",
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "bucketVersioning:BucketVersioning",
  ].flatMap((type) =>
    ["backups", "logs"].map(
      (store) => `aws:s3/${type} atlasia-prod-000000000000-us-east-1-${store}`,
    ),
  ),
];

const AKS_GROUPS = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups";
const AKS_DATA = `${AKS_GROUPS}/atlasia-prod-data`;
const AKS_VAULT = `${AKS_DATA}/providers/Microsoft.KeyVault/vaults/cluster-keysxxxxxxxx`;
const AKS_ACCOUNTS = [
  ["backups", "atlasiaprodbackups2661c6"],
  ["logs", "atlasiaprodlogs000fe4133"],
].map(([container = "", account = ""]) => ({
  container,
  account: `${AKS_DATA}/providers/Microsoft.Storage/storageAccounts/${account}`,
}));

/** The groups of what is kept: the accounts with their keys and their reader; and volumes that a class retains. */
const AKS_RETAINED = [
  `azure-native:authorization:RoleAssignment ${AKS_VAULT}/providers/Microsoft.Authorization/roleAssignments/8a412c7a-215f-54c8-88da-8c3287e3b463`,
  ...["etcd", "postgres", "storage"].map(
    (key) => `azure-native:keyvault:Key ${AKS_VAULT}/keys/${key}`,
  ),
  `azure-native:keyvault:Vault ${AKS_VAULT}`,
  `azure-native:managedidentity:UserAssignedIdentity ${AKS_DATA}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/atlasia-prod-data`,
  `azure-native:resources:ResourceGroup ${AKS_DATA}`,
  `azure-native:resources:ResourceGroup ${AKS_GROUPS}/atlasia-prod-volumes`,
  ...AKS_ACCOUNTS.map(
    ({ account, container }) =>
      `azure-native:storage:BlobContainer ${account}/blobServices/default/containers/${container}`,
  ),
  ...[
    ["BlobServiceProperties", "/blobServices/default"],
    ["ManagementPolicy", "/managementPolicies/default"],
    ["StorageAccount", ""],
  ].flatMap(([type = "", end = ""]) =>
    AKS_ACCOUNTS.map(({ account }) => `azure-native:storage:${type} ${account}${end}`),
  ),
];

export const CLOUD_LIVES: readonly CloudLife[] = [
  {
    kind: "gke",
    example: undefined,
    cloud: "gcp",
    poolType: "gcp:container/nodePool:NodePool",
    generalPool: 1,
    grownTo: 31,
    touchedByGrowth: ["update cluster", "update cluster-pool-general"],
    touchedByVersion: [
      "update cluster",
      "update cluster-gke",
      "update cluster-pool-general",
      "update cluster-pool-system",
    ],
    retained: [
      ...["disks", "etcd", "objects"].map(
        (key) => `gcp:kms/cryptoKey:CryptoKey ${GKE_KEYS}/${key}`,
      ),
      ...[
        ["disks", "compute-system"],
        ["etcd", "container-engine-robot"],
        ["objects", "gs-project-accounts"],
      ].map(
        ([key = "", agent = ""]) =>
          `gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember ${GKE_KEYS}/${key}/` +
          `roles/cloudkms.cryptoKeyEncrypterDecrypter/serviceAccount:service-${GKE_NUMBER}@${agent}` +
          ".iam.gserviceaccount.com",
      ),
      `gcp:kms/keyRing:KeyRing ${GKE_RING}`,
      "gcp:storage/bucket:Bucket atlasia-prod-backups-your-project",
      "gcp:storage/bucket:Bucket atlasia-prod-logs-your-project",
    ],
  },
  {
    kind: "aks",
    example: "aks",
    cloud: "azure-native",
    poolType: "azure-native:containerservice:AgentPool",
    generalPool: 1,
    grownTo: 22,
    touchedByGrowth: [
      "update cluster",
      "update cluster-pool-general1",
      "update cluster-pool-general2",
      "update cluster-pool-general3",
    ],
    touchedByVersion: [
      "update cluster",
      "update cluster-aks",
      "update cluster-pool-general1",
      "update cluster-pool-general2",
      "update cluster-pool-general3",
      "update cluster-pool-system2",
      "update cluster-pool-system3",
    ],
    retained: AKS_RETAINED,
  },
  {
    kind: "eks",
    example: "eks",
    cloud: "aws",
    poolType: "aws:eks/nodeGroup:NodeGroup",
    generalPool: 1,
    grownTo: 21,
    // 20 in three zones are 7, 7 and 6.
    touchedByGrowth: ["update cluster", "update cluster-pool-general-us-east-1c"],
    touchedByVersion: [
      "update cluster",
      "update cluster-cluster",
      "update cluster-coredns",
      "update cluster-kube-proxy",
      "update cluster-metrics-server",
      "update cluster-pool-general-us-east-1a",
      "update cluster-pool-general-us-east-1b",
      "update cluster-pool-general-us-east-1c",
      "update cluster-pool-system-us-east-1a",
      "update cluster-pool-system-us-east-1b",
      "update cluster-pool-system-us-east-1c",
    ],
    retained: EKS_RETAINED,
  },
];
