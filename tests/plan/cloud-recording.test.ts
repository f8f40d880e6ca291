import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws/ec2/index.js";
import { Provider as AwsProvider } from "@pulumi/aws/provider.js";
import * as containerservice from "@pulumi/azure-native/containerservice/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider.js";
import * as compute from "@pulumi/gcp/compute/index.js";
import * as container from "@pulumi/gcp/container/index.js";
import { Provider as GcpProvider } from "@pulumi/gcp/provider.js";
import { byName, record, Secret } from "../../plan/recording.ts";

const SUBSCRIPTION = "11111111-1111-4111-8111-111111111111";

const onGoogle = () => {
  const provider = new GcpProvider("google", { project: "test-project", region: "europe-west1" });
  const network = new compute.Network("net", { name: "vpc" }, { provider });
  new compute.Subnetwork(
    "subnet",
    { network: network.id, ipCidrRange: "10.8.0.0/20" },
    { provider },
  );
  const cluster = new container.Cluster(
    "cluster",
    { name: "main", ipAllocationPolicy: { servicesIpv4CidrBlock: "10.9.0.0/20" } },
    { provider },
  );
  return { ca: cluster.masterAuth.clusterCaCertificate, selfLink: network.selfLink };
};

const onAmazon = () => {
  const provider = new AwsProvider("amazon", {
    region: "eu-west-1",
    allowedAccountIds: ["111122223333"],
    defaultTags: { tags: { by: "slipway" } },
  });
  const vpc = new aws.Vpc(
    "vpc",
    { cidrBlock: "10.0.0.0/16", tags: { Name: "main" } },
    { provider },
  );
  new aws.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/20" }, { provider });
  return { arn: vpc.arn, tags: vpc.tagsAll };
};

const onAzure = () => {
  const provider = new AzureProvider("azure", { subscriptionId: SUBSCRIPTION });
  const group = { resourceGroupName: "rg" };
  const identity = new managedidentity.UserAssignedIdentity("identity", group, { provider });
  const cluster = new containerservice.ManagedCluster(
    "cluster",
    { ...group, resourceName: "main", location: "westeurope", dnsPrefix: "main" },
    { provider },
  );
  const credentials = containerservice.listManagedClusterUserCredentialsOutput(
    { ...group, resourceName: cluster.name },
    { provider },
  );
  return {
    principal: identity.principalId,
    kubeconfig: credentials.kubeconfigs.apply((all) => all[0]?.value),
    fqdn: cluster.fqdn,
  };
};

describe("recording a cloud's resources", () => {
  it("answers for Google with links and ids of the provider's project", async () => {
    const recording = await record(onGoogle, { stack: "test" });
    const link = "projects/test-project/global/networks/vpc";
    assert.equal(recording.outputs["selfLink"], `https://www.googleapis.com/compute/v1/${link}`);
    const subnet = byName(recording, "subnet");
    assert.equal(subnet.inputs["network"], link);
    assert.equal(subnet.outputs["name"], "subnet-xxxxxxx");
    assert.equal(subnet.outputs["gatewayAddress"], "10.8.0.1");
    const cluster = byName(recording, "cluster").outputs;
    assert.equal(cluster["servicesIpv4Cidr"], "10.9.0.0/20");
    assert.deepEqual(cluster["ipAllocationPolicy"], { servicesIpv4CidrBlock: "10.9.0.0/20" });
    assert.ok(cluster["effectiveLabels"] instanceof Secret);
    // The key beside it is secret, and so the whole of masterAuth is, as with the real provider.
    const { ca } = recording.outputs;
    assert.ok(ca instanceof Secret);
    assert.match(Buffer.from(String(ca.value), "base64").toString(), /^-----BEGIN CERTIFICATE/);
  });

  it("answers for AWS with numbers and ARNs of the account that the provider allows", async () => {
    const recording = await record(onAmazon, { stack: "test" });
    const { vpcId } = byName(recording, "subnet").inputs;
    assert.match(String(vpcId), /^vpc-0[0-9a-f]{16}$/);
    assert.equal(
      recording.outputs["arn"],
      `arn:aws:ec2:eu-west-1:111122223333:vpc/${String(vpcId)}`,
    );
    assert.deepEqual(recording.outputs["tags"], { Name: "main", by: "slipway" });
  });

  it("answers for Azure, the credentials of a cluster among it", async () => {
    const recording = await record(onAzure, { stack: "test" });
    assert.match(
      String(recording.outputs["principal"]),
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    const identity = byName(recording, "identity").outputs;
    assert.equal(identity["name"], "identityxxxxxxxx");
    const { kubeconfig } = recording.outputs;
    assert.ok(kubeconfig instanceof Secret);
    const written = Buffer.from(String(kubeconfig.value), "base64").toString();
    const { clusters, users } = JSON.parse(written) as {
      clusters: { cluster: { server: string } }[];
      users: { user: { exec: { command: string } } }[];
    };
    assert.equal(clusters[0]?.cluster.server, `https://${String(recording.outputs["fqdn"])}:443`);
    assert.equal(users[0]?.user.exec.command, "kubelogin");
  });

  it("leaves unknown in a preview what only a cloud can know, but knows automatic names", async () => {
    let known: (boolean | undefined)[] = [];
    const program = async () => {
      const provider = new GcpProvider("google", { project: "test-project" });
      const network = new compute.Network("net", {}, { provider });
      const isKnown = (output: pulumi.Output<unknown>) =>
        (output as unknown as { isKnown: Promise<boolean> }).isKnown;
      known = await Promise.all([network.name, network.selfLink, network.id].map(isKnown));
    };
    await record(program, { stack: "test", preview: true });
    assert.deepEqual(known, [true, false, false]);
  });

  it("gives the same answers each time", async () => {
    for (const program of [onGoogle, onAmazon, onAzure]) {
      const [first, second] = [
        await record(program, { stack: "one" }),
        await record(program, { stack: "two" }),
      ];
      assert.deepEqual(first.outputs, second.outputs);
    }
  });

  it("says so where a plan has no answer to a function", async () => {
    const asking = () =>
      containerservice.getManagedClusterOutput({ resourceGroupName: "rg", resourceName: "main" });
    await assert.rejects(
      record(() => ({ asked: asking() }), { stack: "test" }),
      /calls azure-native:containerservice:getManagedCluster, and a plan has nobody to ask/,
    );
  });
});
