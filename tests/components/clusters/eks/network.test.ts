import assert from "node:assert/strict";
import { PRIVATE_SERVICES } from "../../../../components/clusters/eks/vpc-endpoints.ts";
import { byName, byType, type RecordedResource } from "../../../../plan/recording.ts";
import { recordEks, RELAXED, sorted, sourcesOf } from "../../../support/eks-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const tagOf = ({ inputs }: RecordedResource, tag: string) =>
  (inputs["tags"] as Record<string, unknown> | undefined)?.[tag];

describe("network on EKS", () => {
  it("is one network in which private names are found", async () => {
    const { recording } = await recordEks();
    assert.deepEqual(byName(recording, "cluster-vpc").inputs, {
      cidrBlock: "10.96.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: "shop-prod" },
    });
  });

  it("has six subnets in each zone, and gives no machine an address of the internet", async () => {
    const { recording } = await recordEks();
    const subnets = byType(recording, "aws:ec2/subnet:Subnet");
    assert.equal(subnets.length, 18);
    for (const { inputs } of subnets) assert.equal(inputs["mapPublicIpOnLaunch"], false);
    const { availabilityZone, cidrBlock } = byName(recording, "cluster-nodes-us-east-1b").inputs;
    assert.deepEqual([availabilityZone, cidrBlock], ["us-east-1b", "10.96.32.0/19"]);
  });

  it("marks the subnets in which load balancers go", async () => {
    const { recording } = await recordEks();
    const marked = (tag: string) =>
      byType(recording, "aws:ec2/subnet:Subnet")
        .filter((subnet) => tagOf(subnet, tag) === "1")
        .map(({ name }) => name)
        .toSorted();
    assert.deepEqual(
      marked("kubernetes.io/role/elb"),
      ["a", "b", "c"].map((zone) => `cluster-public-us-east-1${zone}`),
    );
    assert.deepEqual(
      marked("kubernetes.io/role/internal-elb"),
      ["a", "b", "c"].map((zone) => `cluster-internal-us-east-1${zone}`),
    );
  });

  it("closes the group that AWS makes with the network", async () => {
    const { recording } = await recordEks();
    const { ingress, egress } = byName(recording, "cluster-default-group").inputs;
    assert.deepEqual([ingress, egress], [[], []]);
  });

  it("leaves through a NAT in each zone under strict, through one otherwise", async () => {
    const nats = async (more: Parameters<typeof recordEks>[0]) => {
      const { recording } = await recordEks(more);
      const routes = byType(recording, "aws:ec2/route:Route").filter(
        ({ inputs }) => inputs["natGatewayId"] !== undefined,
      );
      const used = new Set(routes.map(({ inputs }) => inputs["natGatewayId"]));
      return [byType(recording, "aws:ec2/natGateway:NatGateway").length, routes.length, used.size];
    };
    assert.deepEqual(await nats({}), [3, 3, 3]);
    assert.deepEqual(await nats(RELAXED), [1, 3, 1]);
  });

  it("lets the nodes' subnets and those of NAT reach out, and no others", async () => {
    const { recording } = await recordEks();
    const open = new Set(
      byType(recording, "aws:ec2/route:Route").map(({ inputs }) => inputs["routeTableId"]),
    );
    assert.equal(open.size, 4);
    const reaching = byType(recording, "aws:ec2/routeTableAssociation:RouteTableAssociation")
      .filter(({ inputs }) => open.has(inputs["routeTableId"]))
      .map(({ name }) => name.replace(/-us-east-1\w$/, ""));
    assert.deepEqual([...new Set(reaching)].toSorted(), [
      "cluster-routed-nodes",
      "cluster-routed-public",
    ]);
  });

  it("notes all traffic, in a group of logs that is there first", async () => {
    const { recording } = await recordEks();
    const log = byName(recording, "cluster-flow-logs");
    assert.equal(log.inputs["trafficType"], "ALL");
    assert.ok(dependencyNames(log).includes("cluster-flow-logs-policy"));
    const { inputs } = byName(recording, "cluster-flow-logs-group");
    assert.equal(inputs["retentionInDays"], 90);
    assert.equal(inputs["kmsKeyId"], byName(recording, "cluster-cluster-key").outputs["arn"]);
  });
});

describe("doors to the services of AWS", () => {
  it("stand in the network under strict, S3's among them", async () => {
    const { recording, handle } = await recordEks();
    const doors = byType(recording, "aws:ec2/vpcEndpoint:VpcEndpoint");
    assert.deepEqual(
      doors.map(({ inputs }) => inputs["serviceName"]).toSorted(),
      [...PRIVATE_SERVICES, "s3"].map((service) => `com.amazonaws.us-east-1.${service}`).toSorted(),
    );
    for (const { inputs } of doors) {
      assert.equal(inputs["vpcEndpointType"], "Interface");
      assert.equal(inputs["privateDnsEnabled"], true);
    }
    assert.deepEqual(byName(recording, "cluster-door-s3").inputs["dnsOptions"], {
      privateDnsOnlyForInboundResolverEndpoint: false,
    });
    assert.deepEqual(
      handle.networkPeers.objectStorage.map(({ cidr }) => cidr),
      ["a", "b", "c"].map(
        (zone) => byName(recording, `cluster-endpoints-us-east-1${zone}`).inputs["cidrBlock"],
      ),
    );
  });

  it("are one that costs nothing under relaxed", async () => {
    const { recording, handle } = await recordEks(RELAXED);
    const [door, ...more] = byType(recording, "aws:ec2/vpcEndpoint:VpcEndpoint");
    assert.deepEqual(more, []);
    assert.equal(door?.inputs["vpcEndpointType"], "Gateway");
    assert.equal((door.inputs["routeTableIds"] as unknown[]).length, 3);
    assert.deepEqual(
      handle.networkPeers.objectStorage.map(({ cidr }) => cidr),
      ["0.0.0.0/0"],
    );
    assert.ok(handle.limitations.some((sentence) => sentence.includes("S3")));
  });
});

describe("security groups on EKS", () => {
  const rulesOf = async (more: Parameters<typeof recordEks>[0] = {}) => {
    const { recording } = await recordEks(more);
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    return sorted(byType(recording, type)).map((rule) => ({
      to: sourcesOf(rule, "securityGroupId").join(),
      from: rule.inputs["cidrIpv4"] ?? sourcesOf(rule, "referencedSecurityGroupId").join(),
      port: rule.inputs["fromPort"] ?? rule.inputs["ipProtocol"],
    }));
  };

  it("let the API server reach exactly the ports that are in use", async () => {
    const rules = await rulesOf({ webhookPorts: [9443, 8443, 8443, 10250] });
    const opened = rules.filter(({ from }) => from === "cluster-control-group");
    assert.deepEqual(
      opened.map(({ to, port }) => [to, port]),
      // In order of name.
      [10250, 10251, 8443, 9443].map((port) => ["cluster-nodes-group", port]),
    );
  });

  it("let nodes reach each other, the API server and the doors", async () => {
    const rules = await rulesOf();
    assert.deepEqual(
      rules.filter(({ from }) => from === "cluster-nodes-group").map(({ to, port }) => [to, port]),
      [
        ["cluster-control-group", 443],
        ["cluster-endpoints-group", 443],
        ["cluster-nodes-group", "-1"],
      ],
    );
    assert.deepEqual(
      rules.filter(({ from }) => typeof from === "string" && from.includes("/")),
      [],
    );
  });

  it("let the network and those joined to it reach a private API server", async () => {
    const network = { cidr: "10.96.0.0/16", services: "10.104.0.0/20", peers: ["10.1.0.0/16"] };
    const rules = await rulesOf({ endpoint: "private", allowedCidrs: [], network });
    assert.deepEqual(
      rules.filter(({ from }) => typeof from === "string" && from.includes("/")),
      ["10.1.0.0/16", "10.96.0.0/16"].map((from) => ({
        to: "cluster-control-group",
        from,
        port: 443,
      })),
    );
  });

  it("mark the nodes' group as the one that load balancers may open", async () => {
    const { recording } = await recordEks();
    const marked = byType(recording, "aws:ec2/securityGroup:SecurityGroup")
      .filter((group) => tagOf(group, "kubernetes.io/cluster/shop-prod") === "owned")
      .map(({ name }) => name);
    assert.deepEqual(marked, ["cluster-nodes-group"]);
  });
});
