import assert from "node:assert/strict";
import fs from "node:fs";
import type { PropertyMap } from "../../../local/providers/property-values.ts";
import { CloudStandIn, emptyAccount, type Made } from "../../support/cloud-stand-in.ts";

describe("what stands on what", () => {
  let folder: string;

  beforeEach(() => {
    folder = emptyAccount();
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  describe("at Google", () => {
    let google: CloudStandIn;
    const create = (type: string, name: string, inputs: PropertyMap = {}) =>
      google.create(type, name, { name, ...inputs });
    beforeEach(async () => {
      google = await CloudStandIn.of("gcp", folder);
    });

    it("a subnet needs its network, by name, id or link", async () => {
      const subnet = (network: string, ipCidrRange: string, name: string) =>
        create("compute/subnetwork:Subnetwork", name, { network, ipCidrRange });
      await assert.rejects(
        subnet("main", "10.0.0.0/20", "a"),
        /^Error: googleapi: Error 404: notFound: network: there is no Network main\.$/,
      );
      const { id, state } = await create("compute/network:Network", "main");
      await subnet("main", "10.0.0.0/20", "a");
      await subnet(id, "10.1.0.0/20", "b");
      await subnet(state["selfLink"] as string, "10.2.0.0/20", "c");
    });

    it("subnets of one network do not overlap, their ranges for pods included", async () => {
      await create("compute/network:Network", "main");
      await create("compute/subnetwork:Subnetwork", "a", {
        network: "main",
        ipCidrRange: "10.0.0.0/20",
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.16.0.0/14" }],
      });
      const second = { network: "main", ipCidrRange: "10.17.0.0/20" };
      await assert.rejects(
        create("compute/subnetwork:Subnetwork", "b", second),
        /the range 10\.17\.0\.0\/20 lies over 10\.16\.0\.0\/14 of Subnetwork projects/,
      );
    });

    it("a network goes only when nothing is in it", async () => {
      const network = await create("compute/network:Network", "main");
      const router = await create("compute/router:Router", "out", { network: network.id });
      await assert.rejects(
        google.delete(network),
        /resourceInUseByAnotherResource: Network projects\/test-project\/global\/networks\/main is still used by Router projects.*routers\/out\. Delete it first/,
      );
      await google.delete(router);
      await google.delete(network);
      assert.deepEqual(google.kinds(), []);
    });

    it("roles go to service accounts that exist, and to others unseen", async () => {
      const grant = (member: string) =>
        google.create("projects/iAMMember:IAMMember", "g", {
          project: "test-project",
          role: "r",
          member,
        });
      await assert.rejects(
        grant("serviceAccount:nodes@test-project.iam.gserviceaccount.com"),
        /member: there is no Account serviceAccount:nodes@/,
      );
      await google.create("serviceaccount/account:Account", "n", { accountId: "some-nodes" });
      await grant("serviceAccount:some-nodes@test-project.iam.gserviceaccount.com");
      await grant("serviceAccount:test-project.svc.id.goog[ns/name]");
      await grant("group:platform@example.org");
    });

    it("a private database needs its network's peering, which then cannot go", async () => {
      const network = await create("compute/network:Network", "main");
      const database = () =>
        create("sql/databaseInstance:DatabaseInstance", "db", {
          databaseVersion: "POSTGRES_17",
          deletionProtection: false,
          settings: { ipConfiguration: { privateNetwork: network.id, ipv4Enabled: false } },
        });
      await assert.rejects(database(), /there is no Connection projects/);
      await create("compute/globalAddress:GlobalAddress", "range", { network: network.id });
      const connection = await google.create("servicenetworking/connection:Connection", "peering", {
        network: network.id,
        service: "servicenetworking.googleapis.com",
        reservedPeeringRanges: ["range"],
      });
      const { state } = await database();
      assert.match(state["privateIpAddress"] as string, /^10\./);
      assert.equal(state["publicIpAddress"], "");
      await assert.rejects(google.delete(connection), /is still used by DatabaseInstance db/);
    });

    it("a network that a controller's load balancer stands in stays until that is gone", async () => {
      const network = await create("compute/network:Network", "main");
      google.leftBehind.set(network.id, [{ kind: "load-balancer", name: "k8s-shop" }]);
      await assert.rejects(
        google.delete(network),
        /is still used by load-balancer k8s-shop, which a controller in a cluster made/,
      );
      google.leftBehind.clear();
      await google.delete(network);
    });

    it("the name of a key ring is never free again", async () => {
      const ring = await create("kms/keyRing:KeyRing", "ring", { location: "europe-west1" });
      await google.delete(ring);
      assert.deepEqual(google.kinds(), []);
      await assert.rejects(
        create("kms/keyRing:KeyRing", "ring", { location: "europe-west1" }),
        /KeyRing .*\/ring was deleted, and its name is not free again/,
      );
    });
  });

  describe("at AWS", () => {
    let aws: CloudStandIn;
    let vpc: Made;
    beforeEach(async () => {
      aws = await CloudStandIn.of("aws", folder);
      vpc = await aws.create("ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" });
    });

    it("a subnet lies within its VPC and not over another", async () => {
      const subnet = (name: string, cidrBlock: string) =>
        aws.create("ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock });
      await subnet("a", "10.0.0.0/20");
      await assert.rejects(subnet("b", "10.1.0.0/20"), /is not within 10\.0\.0\.0\/16 of Vpc vpc-/);
      await assert.rejects(
        subnet("c", "10.0.8.0/21"),
        /lies over 10\.0\.0\.0\/20 of Subnet subnet-/,
      );
    });

    it("a VPC goes after what is in it, and names it", async () => {
      await aws.create("ec2/subnet:Subnet", "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/20" });
      await aws.create("ec2/securityGroup:SecurityGroup", "g", { vpcId: vpc.id });
      await assert.rejects(
        aws.delete(vpc),
        /^Error: DependencyViolation: Vpc vpc-\w+ is still used by SecurityGroup sg-\w+, Subnet subnet-\w+\. Delete them first/,
      );
    });

    it("rules may name the group that a VPC brings, and hold the other one that they name", async () => {
      const group = await aws.create("ec2/securityGroup:SecurityGroup", "g", { vpcId: vpc.id });
      const byDefault = vpc.state["defaultSecurityGroupId"];
      await aws.create("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "r", {
        securityGroupId: byDefault ?? null,
        referencedSecurityGroupId: group.id,
        ipProtocol: "-1",
      });
      await assert.rejects(aws.delete(group), /is still used by SecurityGroupIngressRule sgr-/);
    });

    it("policies of AWS itself are there, those of the account have to be", async () => {
      await aws.create("iam/role:Role", "role", { name: "nodes", assumeRolePolicy: "{}" });
      const attach = (policyArn: string) =>
        aws.create("iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
          role: "nodes",
          policyArn,
        });
      await attach("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy");
      await assert.rejects(
        attach("arn:aws:iam::111122223333:policy/own"),
        /policyArn: there is no Policy arn:aws:iam::111122223333:policy\/own/,
      );
    });

    it("protection and a missing last snapshot refuse to delete a database, until an update", async () => {
      const inputs = { identifier: "db", engine: "postgres", instanceClass: "db.m6g.large" };
      const made = await aws.create("rds/instance:Instance", "db", {
        ...inputs,
        deletionProtection: true,
      });
      await assert.rejects(aws.delete(made), /is protected from deletion\. Set deletionProtection/);
      const open = await aws.update(made, { ...made.inputs, deletionProtection: false });
      await assert.rejects(aws.delete(open), /finalSnapshotIdentifier is required/);
      await aws.delete(await aws.update(open, { ...open.inputs, skipFinalSnapshot: true }));
      assert.deepEqual(aws.kinds(), ["Vpc"]);
    });
  });

  describe("at Azure", () => {
    let azure: CloudStandIn;
    const group = { resourceGroupName: "rg" };
    const network = { ...group, virtualNetworkName: "vnet" };
    const prefixes = { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };
    beforeEach(async () => {
      azure = await CloudStandIn.of("azure-native", folder);
    });

    it("everything needs what it lies in", async () => {
      const vnet = () => azure.create("network:VirtualNetwork", "v", { ...network, ...prefixes });
      await assert.rejects(
        vnet(),
        /Code="ResourceNotFound": there is no \/subscriptions\/1{8}-.*\/resourceGroups\/rg, which/,
      );
      await azure.create("resources:ResourceGroup", "rg", group);
      await vnet();
    });

    it("a subnet holds its gateway, and is held by who uses it, whatever the capitals", async () => {
      const rg = await azure.create("resources:ResourceGroup", "rg", group);
      const gateway = await azure.create("network:NatGateway", "nat", {
        ...group,
        natGatewayName: "nat",
      });
      await azure.create("network:VirtualNetwork", "v", { ...network, ...prefixes });
      const subnet = await azure.create("network:Subnet", "nodes", {
        ...network,
        addressPrefix: "10.0.0.0/20",
        natGateway: { id: gateway.id.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions") },
      });
      await azure.create("network:PrivateEndpoint", "e", {
        ...group,
        privateEndpointName: "e",
        subnet: { id: subnet.id },
      });
      await assert.rejects(azure.delete(gateway), /NatGateway .* is still used by Subnet/);
      await assert.rejects(azure.delete(subnet), /Subnet .* is still used by PrivateEndpoint/);
      await azure.delete(rg);
      assert.deepEqual(azure.kinds(), [], "a group takes all that lies in it along");
    });

    it("a private zone with links stays", async () => {
      await azure.create("resources:ResourceGroup", "rg", group);
      const { id } = await azure.create("network:VirtualNetwork", "v", { ...network, ...prefixes });
      const zone = await azure.create("privatedns:PrivateZone", "z", {
        ...group,
        privateZoneName: "example.internal",
        location: "global",
      });
      const link = await azure.create("privatedns:VirtualNetworkLink", "l", {
        ...group,
        privateZoneName: "example.internal",
        virtualNetworkLinkName: "l",
        virtualNetwork: { id },
      });
      await assert.rejects(
        azure.delete(zone),
        /PrivateZone .* is still used by VirtualNetworkLink/,
      );
      await azure.delete(link);
      await azure.delete(zone);
      assert.deepEqual(azure.kinds(), ["ResourceGroup", "VirtualNetwork"]);
    });

    it("roles are given on what exists, and below a subscription on all of it", async () => {
      const assign = (scope: string) =>
        azure.create("authorization:RoleAssignment", "r", {
          scope,
          principalId: "22222222-2222-4222-8222-222222222222",
          roleDefinitionId: "reader",
        });
      const subscription = "/subscriptions/11111111-1111-4111-8111-111111111111";
      await assign(subscription);
      await assert.rejects(assign(`${subscription}/resourceGroups/rg`), /there is no .*rg, which/);
      const rg = await azure.create("resources:ResourceGroup", "rg", group);
      const { id } = await assign(rg.id);
      assert.ok(id.startsWith(`${rg.id}/providers/Microsoft.Authorization/roleAssignments/`));
    });

    it("a lock keeps what it lies on and all in it, and what they lie in", async () => {
      const rg = await azure.create("resources:ResourceGroup", "rg", group);
      const vnet = await azure.create("network:VirtualNetwork", "v", { ...network, ...prefixes });
      const subnet = await azure.create("network:Subnet", "s", {
        ...network,
        addressPrefix: "10.0.0.0/20",
      });
      const lock = await azure.create("authorization:ManagementLockByScope", "l", {
        scope: vnet.id,
        lockName: "keep",
        level: "CanNotDelete",
      });
      for (const made of [vnet, subnet, rg]) {
        await assert.rejects(
          azure.delete(made),
          /Code="DeletionProtected": .* is locked by .*keep/,
        );
      }
      await azure.delete(lock);
      await azure.delete(rg);
      assert.deepEqual(azure.kinds(), []);
    });

    it("taking back a storage account's settings leaves its containers", async () => {
      await azure.create("resources:ResourceGroup", "rg", group);
      const account = { ...group, accountName: "backupsoftest" };
      await azure.create("storage:StorageAccount", "a", account);
      const settings = await azure.create("storage:BlobServiceProperties", "versions", {
        ...account,
        blobServicesName: "default",
      });
      await azure.create("storage:BlobContainer", "dumps", account);
      await azure.delete(settings);
      assert.deepEqual(azure.kinds(), ["BlobContainer", "ResourceGroup", "StorageAccount"]);
    });

    it("an update that Azure refuses fails, although the plugin plans it", async () => {
      await azure.create("resources:ResourceGroup", "rg", group);
      const vault = { ...group, vaultName: "keys-of-test" };
      const made = await azure.create("keyvault:Vault", "v", {
        ...vault,
        properties: { enablePurgeProtection: true },
      });
      const off = { ...made.inputs, properties: { enablePurgeProtection: false } };
      const { changed } = await azure.diff(made, off);
      assert.equal(changed?.get("properties.enablePurgeProtection")?.replace, false);
      await assert.rejects(
        azure.update(made, off),
        /properties\.enablePurgeProtection cannot change/,
      );
    });
  });
});
