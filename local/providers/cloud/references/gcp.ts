import { references } from "./reference.ts";

const NETWORK = "compute/network:Network";
const SUBNET = "compute/subnetwork:Subnetwork";
const KEY = "kms/cryptoKey:CryptoKey";
const ACCOUNT = "serviceaccount/account:Account";
const SQL = "sql/databaseInstance:DatabaseInstance";
const MEMBER = `member >> ${ACCOUNT}`;

export const GCP_REFERENCES = references("gcp", {
  [SUBNET]: [`network > ${NETWORK}`],
  "compute/router:Router": [`network > ${NETWORK}`],
  "compute/routerNat:RouterNat": [
    "router > compute/router:Router",
    `subnetworks[].name > ${SUBNET}`,
    "natIps[] > compute/address:Address",
  ],
  "compute/firewall:Firewall": [`network > ${NETWORK}`],
  "compute/address:Address": [`subnetwork > ${SUBNET}`],
  "compute/globalAddress:GlobalAddress": [`network > ${NETWORK}`],
  "container/cluster:Cluster": [
    `network > ${NETWORK}`,
    `subnetwork > ${SUBNET}`,
    `databaseEncryption.keyName >> ${KEY}`,
    `nodeConfig.serviceAccount >> ${ACCOUNT}`,
    "notificationConfig.pubsub.topic >> pubsub/topic:Topic",
  ],
  "container/nodePool:NodePool": [
    "cluster > container/cluster:Cluster",
    `nodeConfig.serviceAccount >> ${ACCOUNT}`,
    `nodeConfig.bootDiskKmsKey >> ${KEY}`,
  ],
  [KEY]: ["keyRing > kms/keyRing:KeyRing"],
  "kms/cryptoKeyIAMMember:CryptoKeyIAMMember": [`cryptoKeyId >> ${KEY}`, MEMBER],
  "serviceaccount/iAMMember:IAMMember": [`serviceAccountId >> ${ACCOUNT}`, MEMBER],
  "projects/iAMMember:IAMMember": [MEMBER],
  "storage/bucket:Bucket": [
    `encryption.defaultKmsKeyName >> ${KEY}`,
    "logging.logBucket >> storage/bucket:Bucket",
  ],
  "storage/bucketIAMMember:BucketIAMMember": ["bucket >> storage/bucket:Bucket", MEMBER],
  "dns/managedZone:ManagedZone": [`privateVisibilityConfig.networks[].networkUrl > ${NETWORK}`],
  "dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember": [
    "managedZone >> dns/managedZone:ManagedZone",
    MEMBER,
  ],
  "artifactregistry/repository:Repository": [`kmsKeyName >> ${KEY}`],
  "artifactregistry/repositoryIamMember:RepositoryIamMember": [
    "repository >> artifactregistry/repository:Repository",
    MEMBER,
  ],
  [SQL]: [
    `settings.ipConfiguration.privateNetwork >> ${NETWORK}`,
    // A private instance gets its address through the network's peering.
    "settings.ipConfiguration.privateNetwork > servicenetworking/connection:Connection",
    `encryptionKeyName >> ${KEY}`,
  ],
  "sql/database:Database": [`instance >> ${SQL}`],
  "sql/user:User": [`instance >> ${SQL}`],
  "servicenetworking/connection:Connection": [
    `network > ${NETWORK}`,
    "reservedPeeringRanges[] > compute/globalAddress:GlobalAddress",
  ],
  "pubsub/topic:Topic": [`kmsKeyName >> ${KEY}`],
  "pubsub/topicIAMMember:TopicIAMMember": ["topic >> pubsub/topic:Topic", MEMBER],
  "secretmanager/secret:Secret": [
    `replication.userManaged.replicas[].customerManagedEncryption.kmsKeyName >> ${KEY}`,
  ],
  "secretmanager/secretVersion:SecretVersion": ["secret >> secretmanager/secret:Secret"],
  "secretmanager/secretIamMember:SecretIamMember": [
    "secretId >> secretmanager/secret:Secret",
    MEMBER,
  ],
});
