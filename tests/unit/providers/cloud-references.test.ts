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

    it("a cluster takes its ranges from its subnet", async () => {
      await create("compute/network:Network", "main");
      await create("compute/subnetwork:Subnetwork", "nodes", {
        network: "main",
        ipCidrRange: "10.0.0.0/20",
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.16.0.0/14" }],
      });
      const cluster = (clusterSecondaryRangeName: string) =>
        create("container/cluster:Cluster", "c", {
          location: "europe-west1",
          network: "main",
          subnetwork: "nodes",
          ipAllocationPolicy: { clusterSecondaryRangeName },
        });
      await assert.rejects(cluster("others"), /Subnetwork .*\/nodes has no secondary range others/);
      await cluster("pods");
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
});
