import type { Statement } from "./policy-document.ts";

/** The tag by which the controller marks what it makes for a cluster; it holds the cluster's name. */
const OWNER = "elbv2.k8s.aws/cluster";

const ec2 = (...actions: readonly string[]) => actions.map((action) => `ec2:${action}`);
const elb = (...actions: readonly string[]) =>
  actions.map((action) => `elasticloadbalancing:${action}`);

/** Looking, which EC2 and its like let one do everywhere or nowhere. */
const LOOK = [
  ...ec2(
    "DescribeAccountAttributes",
    "DescribeAddresses",
    "DescribeAvailabilityZones",
    "DescribeInstances",
    "DescribeInternetGateways",
    "DescribeIpamPools",
    "DescribeNetworkInterfaces",
    "DescribeRouteTables",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeTags",
    "DescribeVpcPeeringConnections",
    "DescribeVpcs",
    "GetSecurityGroupsForVpc",
  ),
  ...elb(
    "DescribeCapacityReservation",
    "DescribeListenerAttributes",
    "DescribeListenerCertificates",
    "DescribeListeners",
    "DescribeLoadBalancerAttributes",
    "DescribeLoadBalancers",
    "DescribeRules",
    "DescribeSSLPolicies",
    "DescribeTags",
    "DescribeTargetGroupAttributes",
    "DescribeTargetGroups",
    "DescribeTargetHealth",
    "DescribeTrustStores",
  ),
  "acm:DescribeCertificate",
  "acm:ListCertificates",
] as const;

/** Changing and removing what is there. */
const CHANGE = [
  ...elb(
    "AddListenerCertificates",
    "AddTags",
    "CreateListener",
    "CreateRule",
    "DeleteListener",
    "DeleteLoadBalancer",
    "DeleteRule",
    "DeleteTargetGroup",
    "DeregisterTargets",
    "ModifyCapacityReservation",
    "ModifyIpPools",
    "ModifyListener",
    "ModifyListenerAttributes",
    "ModifyLoadBalancerAttributes",
    "ModifyRule",
    "ModifyTargetGroup",
    "ModifyTargetGroupAttributes",
    "RegisterTargets",
    "RemoveListenerCertificates",
    "RemoveTags",
    "SetIpAddressType",
    "SetRulePriorities",
    "SetSecurityGroups",
    "SetSubnets",
  ),
] as const;

/** Rules of groups: the controller's own, and the nodes' one, which carries another tag. */
const GROUP_RULES = ec2("AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress");

export interface LoadBalancerScope {
  readonly cluster: string;
  /** `arn:aws:ec2:REGION:ACCOUNT:` and the like of the load balancers' service. */
  readonly ec2Arn: string;
  readonly elbArn: string;
  readonly partition: string;
  readonly account: string;
}

/**
 * What the AWS Load Balancer Controller 3.5 needs, without firewalls (WAF, Shield) and sign-in (Cognito),
 * which nothing here uses. It may make what it marks as this cluster's, and change what is so marked.
 */
export function loadBalancerStatements(scope: LoadBalancerScope): Statement[] {
  const { cluster, ec2Arn, elbArn, partition, account } = scope;
  const owned = { StringEquals: { [`aws:ResourceTag/${OWNER}`]: cluster } };
  const marked = { StringEquals: { [`aws:RequestTag/${OWNER}`]: cluster } };
  const group = `${ec2Arn}security-group/*`;
  const made = elb("CreateLoadBalancer", "CreateTargetGroup");
  return [
    { Effect: "Allow", Action: LOOK, Resource: "*" },
    { Effect: "Allow", Action: made, Resource: `${elbArn}*`, Condition: marked },
    { Effect: "Allow", Action: CHANGE, Resource: `${elbArn}*`, Condition: owned },
    {
      Effect: "Allow",
      Action: elb("AddTags"),
      Resource: `${elbArn}*`,
      Condition: {
        StringEquals: {
          [`aws:RequestTag/${OWNER}`]: cluster,
          "elasticloadbalancing:CreateAction": [
            "CreateLoadBalancer",
            "CreateTargetGroup",
            "CreateListener",
            "CreateRule",
          ],
        },
      },
    },
    { Effect: "Allow", Action: ec2("CreateSecurityGroup"), Resource: group, Condition: marked },
    { Effect: "Allow", Action: ec2("CreateSecurityGroup"), Resource: `${ec2Arn}vpc/*` },
    {
      Effect: "Allow",
      Action: ec2("CreateTags"),
      Resource: group,
      Condition: {
        StringEquals: {
          [`aws:RequestTag/${OWNER}`]: cluster,
          "ec2:CreateAction": "CreateSecurityGroup",
        },
      },
    },
    {
      Effect: "Allow",
      Action: [...GROUP_RULES, ...ec2("CreateTags", "DeleteSecurityGroup", "DeleteTags")],
      Resource: group,
      Condition: owned,
    },
    {
      Effect: "Allow",
      Action: GROUP_RULES,
      Resource: group,
      Condition: {
        StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned" },
      },
    },
    {
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:${partition}:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`,
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ];
}
