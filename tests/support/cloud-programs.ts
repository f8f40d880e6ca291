import type { Cloud } from "../../plan/recording/cloud-outputs/index.ts";
import type { CloudRecord } from "../../local/providers/cloud/cloud-record.ts";

/** A small program on one cloud, without a cluster, and what is tried with it. */
export interface CloudProgram {
  readonly cloud: Cloud;
  /** The text of the program; `changed` has a fixed field changed. */
  source(changed: boolean): string;
  /** How many resources of the cloud it makes. */
  readonly resources: number;
  /** A type whose second creation fails at first. */
  readonly scarce: string;
  /** Logical names of what the change makes anew. */
  readonly replaced: readonly string[];
  /** Logical name of what a stranger uses while the stack is to be destroyed. */
  readonly held: string;
  /** What the cloud then says. */
  readonly refusal: RegExp;
  /** The stranger. */
  readonly stranger: Pick<CloudRecord, "type" | "id">;
}

const GOOGLE: CloudProgram = {
  cloud: "gcp",
  resources: 12,
  scarce: "gcp:compute/subnetwork:Subnetwork",
  replaced: ["nodes"],
  held: "vpc",
  refusal: /resourceInUseByAnotherResource: Network .*\/vpc is still used by ForwardingRule/,
  stranger: { type: "gcp:compute/forwardingRule:ForwardingRule", id: "made-by-a-controller" },
  source: (changed) => `
import * as pulumi from "@pulumi/pulumi";
import * as compute from "@pulumi/gcp/compute/index.js";
import * as secretmanager from "@pulumi/gcp/secretmanager/index.js";
import * as serviceaccount from "@pulumi/gcp/serviceaccount/index.js";
import * as storage from "@pulumi/gcp/storage/index.js";
import { Provider } from "@pulumi/gcp/provider.js";

const provider = new Provider("google", { project: "test-project", region: "europe-west1" });
const opts = { provider };
const network = new compute.Network("vpc", { name: "vpc", autoCreateSubnetworks: false }, opts);
const subnet = (name: string, ipCidrRange: string) =>
  new compute.Subnetwork(name, { name, network: network.id, ipCidrRange }, opts);
const nodes = subnet("nodes", "${changed ? "10.64.0.0/20" : "10.0.0.0/20"}");
subnet("spare", "10.0.16.0/20");
const router = new compute.Router("router", { network: network.id }, opts);
new compute.RouterNat("nat", {
  router: router.name,
  natIpAllocateOption: "AUTO_ONLY",
  sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
}, opts);
new compute.Firewall("webhooks", {
  network: network.selfLink,
  allows: [{ protocol: "tcp", ports: ["8443"] }],
  sourceRanges: ["172.16.0.0/28"],
}, opts);
const address = new compute.GlobalAddress("entry", {}, opts);
const bucket = new storage.Bucket("backups", { location: "EU", labels: { of: "test" } }, opts);
const account = new serviceaccount.Account("writer", { accountId: "backup-writer" }, opts);
new storage.BucketIAMMember("writes", {
  bucket: bucket.name,
  role: "roles/storage.objectUser",
  member: account.member,
}, opts);
const kept = new secretmanager.Secret("token", { secretId: "token", replication: { auto: {} } }, opts);
new secretmanager.SecretVersion("token-value", {
  secret: kept.id,
  secretData: pulumi.secret("not-a-real-token"),
}, opts);
export const gateway: unknown = nodes.gatewayAddress;
export const entry: unknown = address.address;
`,
};

const AMAZON: CloudProgram = {
  cloud: "aws",
  resources: 15,
  scarce: "aws:ec2/subnet:Subnet",
  replaced: ["nodes", "association"],
  held: "nodes",
  refusal:
    /DependencyViolation: Subnet subnet-\w+ is still used by LoadBalancer made-by-a-controller/,
  stranger: { type: "aws:lb/loadBalancer:LoadBalancer", id: "made-by-a-controller" },
  source: (changed) => `
import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as kms from "@pulumi/aws/kms/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import { Provider } from "@pulumi/aws/provider.js";

const provider = new Provider("amazon", {
  region: "eu-west-1",
  allowedAccountIds: ["111122223333"],
  defaultTags: { tags: { by: "test" } },
});
const opts = { provider };
const network = new ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, opts);
const subnet = (name: string, cidrBlock: string, letter: string) =>
  new ec2.Subnet(name, { vpcId: network.id, cidrBlock, availabilityZone: "eu-west-1" + letter }, opts);
const nodes = subnet("nodes", "${changed ? "10.0.64.0/20" : "10.0.0.0/20"}", "a");
subnet("spare", "10.0.16.0/20", "b");
const internet = new ec2.InternetGateway("internet", { vpcId: network.id }, opts);
const table = new ec2.RouteTable("table", { vpcId: network.id }, opts);
new ec2.Route("out", {
  routeTableId: table.id,
  destinationCidrBlock: "0.0.0.0/0",
  gatewayId: internet.id,
}, opts);
new ec2.RouteTableAssociation("association", { routeTableId: table.id, subnetId: nodes.id }, opts);
const group = new ec2.SecurityGroup("group", { vpcId: network.id }, opts);
new vpc.SecurityGroupIngressRule("webhooks", {
  securityGroupId: group.id,
  referencedSecurityGroupId: network.defaultSecurityGroupId,
  ipProtocol: "tcp",
  fromPort: 8443,
  toPort: 8443,
}, opts);
const key = new kms.Key("key", { enableKeyRotation: true }, opts);
new kms.Alias("alias", { targetKeyId: key.keyId }, opts);
const bucket = new s3.Bucket("backups", {}, opts);
new s3.BucketVersioning("versions", {
  bucket: bucket.bucket,
  versioningConfiguration: { status: "Enabled" },
}, opts);
const role = new iam.Role("nodes-role", { assumeRolePolicy: "{}" }, opts);
new iam.RolePolicyAttachment("nodes-policy", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
}, opts);
export const arn: unknown = pulumi.interpolate\`\${bucket.arn}/*\`;
`,
};

const AZURE: CloudProgram = {
  cloud: "azure-native",
  resources: 11,
  scarce: "azure-native:network:Subnet",
  replaced: ["identity", "writes"],
  held: "nodes",
  refusal: /Code="InUse": Subnet .*\/subnets\/nodes is still used by LoadBalancer/,
  stranger: {
    type: "azure-native:network:LoadBalancer",
    id: "/subscriptions/11111111-1111-4111-8111-111111111111/made-by-a-controller",
  },
  source: (changed) => `
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as identities from "@pulumi/azure-native/managedidentity/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as storage from "@pulumi/azure-native/storage/index.js";
import * as monitoring from "@pulumi/azure-native/operationalinsights/index.js";
import { Provider } from "@pulumi/azure-native/provider.js";

const provider = new Provider("azure", { subscriptionId: "11111111-1111-4111-8111-111111111111" });
const opts = { provider };
const location = "westeurope";
const group = new resources.ResourceGroup("rg", { location }, opts);
const at = { resourceGroupName: group.name, location };
const vnet = new network.VirtualNetwork("vnet", {
  ...at,
  addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
}, opts);
const entry = new network.PublicIPAddress("entry", {
  ...at,
  publicIpAddressName: "entry",
  publicIPAllocationMethod: "Static",
  sku: { name: "Standard" },
}, opts);
const nat = new network.NatGateway("nat", {
  ...at,
  sku: { name: "Standard" },
  publicIpAddresses: [{ id: entry.id }],
}, opts);
const subnet = (name: string, addressPrefix: string) =>
  new network.Subnet(name, {
    resourceGroupName: group.name,
    virtualNetworkName: vnet.name,
    addressPrefix,
    natGateway: { id: nat.id },
  }, opts);
subnet("nodes", "10.0.0.0/20");
subnet("spare", "10.0.16.0/20");
const identity = new identities.UserAssignedIdentity("identity", {
  resourceGroupName: group.name,
  location: "${changed ? "northeurope" : "westeurope"}",
}, opts);
const account = new storage.StorageAccount("backups", {
  ...at,
  accountName: "backupsoftest",
  kind: "StorageV2",
  sku: { name: "Standard_ZRS" },
}, opts);
new storage.BlobContainer("dumps", {
  resourceGroupName: group.name,
  accountName: account.name,
}, opts);
new authorization.RoleAssignment("writes", {
  roleAssignmentName: "33333333-3333-4333-8333-333333333333",
  scope: account.id,
  principalId: identity.principalId,
  principalType: "ServicePrincipal",
  roleDefinitionId: "/subscriptions/11111111-1111-4111-8111-111111111111/providers/x/roleDefinitions/y",
}, opts);
const logs = new monitoring.Workspace("logs", at, opts);
export const blob: unknown = account.primaryEndpoints.blob;
export const customer: unknown = logs.customerId;
`,
};

export const CLOUD_PROGRAMS: readonly CloudProgram[] = [GOOGLE, AMAZON, AZURE];
