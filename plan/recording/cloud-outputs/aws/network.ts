import type { CloudResource, OutputRules } from "../cloud-resource.ts";
import { arn, belongingId, ec2Id, nameOf, regionOf, tags } from "./place.ts";

/** What every resource of EC2 that has an owner and an ARN has. */
const owned = (r: CloudResource, kind: string, id: string) => ({
  arn: arn(r, "ec2", `${kind}/${id}`),
  ownerId: r.account.accountId,
  region: regionOf(r),
  ...tags(r),
});

/** What a route leads to is part of its id. */
function routeId(r: CloudResource): string {
  const to = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
  return `r-${r.text("routeTableId")}${to.map((key) => r.text(key)).join("")}`;
}

function securityGroupRule(r: CloudResource) {
  const id = ec2Id(r, "sgr");
  return {
    id,
    outputs: {
      arn: arn(r, "ec2", `security-group-rule/${id}`),
      securityGroupRuleId: id,
      region: regionOf(r),
      ...tags(r),
    },
  };
}

function endpointOutputs(r: CloudResource, id: string) {
  const isInterface = r.text("vpcEndpointType") === "Interface";
  const service = r.text("serviceName").split(".").slice(3).join(".");
  const name = `${id}.${service}.${regionOf(r)}.vpce.amazonaws.com`;
  return {
    ...owned(r, "vpc-endpoint", id),
    cidrBlocks: isInterface ? [] : ["198.51.100.0/24"],
    dnsEntries: isInterface ? [{ dnsName: name, hostedZoneId: `Z${r.hex("zone", 13)}` }] : [],
    networkInterfaceIds: r.list("subnetIds").map((_, index) => ec2Id(r, `eni-${index}`)),
    prefixListId: isInterface ? "" : ec2Id(r, "pl"),
    requesterManaged: false,
    state: "available",
  };
}

export const NETWORK: OutputRules = {
  "aws:ec2/vpc:Vpc": (r) => {
    const id = ec2Id(r, "vpc");
    return {
      id,
      outputs: {
        ...owned(r, "vpc", id),
        defaultNetworkAclId: belongingId("acl", id),
        defaultRouteTableId: belongingId("rtb", id),
        mainRouteTableId: belongingId("rtb", id),
        defaultSecurityGroupId: belongingId("sg", id),
        dhcpOptionsId: ec2Id(r, "dopt"),
        ipv6AssociationId: "",
      },
    };
  },
  "aws:ec2/subnet:Subnet": (r) => {
    const id = ec2Id(r, "subnet");
    return { id, outputs: { ...owned(r, "subnet", id), ipv6CidrBlockAssociationId: "" } };
  },
  "aws:ec2/internetGateway:InternetGateway": (r) => {
    const id = ec2Id(r, "igw");
    return { id, outputs: owned(r, "internet-gateway", id) };
  },
  "aws:ec2/eip:Eip": (r) => {
    const id = ec2Id(r, "eipalloc");
    const publicIp = r.publicAddress();
    const host = publicIp.replaceAll(".", "-");
    return {
      id,
      outputs: {
        arn: arn(r, "ec2", `elastic-ip/${id}`),
        region: regionOf(r),
        allocationId: id,
        associationId: "",
        carrierIp: "",
        customerOwnedIp: "",
        domain: "vpc",
        privateDns: "",
        privateIp: "",
        ptrRecord: "",
        publicDns: `ec2-${host}.${regionOf(r)}.compute.amazonaws.com`,
        publicIp,
        publicIpv4Pool: "amazon",
        ...tags(r),
      },
    };
  },
  "aws:ec2/natGateway:NatGateway": (r) => ({
    id: ec2Id(r, "nat"),
    outputs: {
      region: regionOf(r),
      associationId: ec2Id(r, "eipassoc"),
      networkInterfaceId: ec2Id(r, "eni"),
      privateIp: r.text("privateIp", r.privateAddress()),
      publicIp: r.text("connectivityType", "public") === "public" ? r.publicAddress() : "",
      autoProvisionZones: "",
      autoScalingIps: "",
      regionalNatGatewayAddresses: [],
      regionalNatGatewayAutoMode: "",
      routeTableId: "",
      ...tags(r),
    },
  }),
  "aws:ec2/routeTable:RouteTable": (r) => {
    const id = ec2Id(r, "rtb");
    return { id, outputs: owned(r, "route-table", id) };
  },
  "aws:ec2/route:Route": (r) => ({
    id: routeId(r),
    outputs: {
      region: regionOf(r),
      instanceId: "",
      instanceOwnerId: "",
      origin: "CreateRoute",
      state: "active",
    },
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": (r) => ({
    id: ec2Id(r, "rtbassoc"),
    outputs: { region: regionOf(r) },
  }),
  "aws:ec2/securityGroup:SecurityGroup": (r) => {
    const id = ec2Id(r, "sg");
    const description = r.text("description", "Managed by Pulumi");
    return {
      id,
      outputs: { ...owned(r, "security-group", id), name: nameOf(r), description },
    };
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (r) => {
    const id = belongingId("sg", r.text("vpcId"));
    return {
      id,
      outputs: {
        ...owned(r, "security-group", id),
        name: "default",
        namePrefix: "",
        description: "default VPC security group",
      },
    };
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule,
  "aws:ec2/vpcEndpoint:VpcEndpoint": (r) => {
    const id = ec2Id(r, "vpce");
    return { id, outputs: endpointOutputs(r, id) };
  },
  "aws:ec2/flowLog:FlowLog": (r) => {
    const id = ec2Id(r, "fl");
    const own = { arn: arn(r, "ec2", `vpc-flow-log/${id}`), region: regionOf(r) };
    return { id, outputs: { ...own, ...tags(r) } };
  },
  "aws:ec2/launchTemplate:LaunchTemplate": (r) => {
    const id = ec2Id(r, "lt");
    const version = r.at("updateDefaultVersion") === true ? r.revision : 1;
    return {
      id,
      outputs: {
        arn: arn(r, "ec2", `launch-template/${id}`),
        region: regionOf(r),
        name: nameOf(r),
        defaultVersion: r.inputs["defaultVersion"] ?? version,
        // Each change of a template makes a version, and what is there goes on with its own.
        latestVersion: r.revision,
        ...tags(r),
      },
    };
  },
  "aws:route53/zone:Zone": (r) => {
    const id = `Z${r.hex("zone", 20).toUpperCase()}`;
    const isPrivate = r.list("vpcs").length > 0;
    const nameServers = isPrivate
      ? []
      : ["com", "net", "org", "co.uk"].map((end, n) => `ns-${128 + 512 * n}.awsdns-16.${end}`);
    return {
      id,
      outputs: {
        arn: `arn:${r.account.partition}:route53:::hostedzone/${id}`,
        zoneId: id,
        nameServers,
        primaryNameServer: nameServers[0] ?? "",
        comment: r.text("comment", "Managed by Pulumi"),
        ...tags(r),
      },
    };
  },
};
