import { references } from "./reference.ts";

const VPC = "ec2/vpc:Vpc";
const SUBNET = "ec2/subnet:Subnet";
const CLUSTER = "eks/cluster:Cluster";
const ROLE = "iam/role:Role";
const KEY = "kms/key:Key";
const BUCKET = "bucket >> s3/bucket:Bucket";
/** Groups of their own, and those that a VPC and a cluster bring. */
const GROUP = `ec2/securityGroup:SecurityGroup, ec2/defaultSecurityGroup:DefaultSecurityGroup, ${VPC}, ${CLUSTER}`;

const RULE = [`securityGroupId >> ${GROUP}`, `referencedSecurityGroupId > ${GROUP}`];

export const AWS_REFERENCES = references("aws", {
  [SUBNET]: [`vpcId > ${VPC}`],
  "ec2/internetGateway:InternetGateway": [`vpcId > ${VPC}`],
  "ec2/natGateway:NatGateway": [`subnetId > ${SUBNET}`, "allocationId > ec2/eip:Eip"],
  "ec2/routeTable:RouteTable": [`vpcId > ${VPC}`],
  "ec2/route:Route": [
    `routeTableId >> ec2/routeTable:RouteTable, ${VPC}`,
    "gatewayId >> ec2/internetGateway:InternetGateway",
    "natGatewayId >> ec2/natGateway:NatGateway",
  ],
  "ec2/routeTableAssociation:RouteTableAssociation": [
    "routeTableId > ec2/routeTable:RouteTable",
    `subnetId >> ${SUBNET}`,
  ],
  "ec2/securityGroup:SecurityGroup": [`vpcId > ${VPC}`],
  "vpc/securityGroupIngressRule:SecurityGroupIngressRule": RULE,
  "vpc/securityGroupEgressRule:SecurityGroupEgressRule": RULE,
  "ec2/defaultSecurityGroup:DefaultSecurityGroup": [`vpcId >> ${VPC}`],
  "ec2/vpcEndpoint:VpcEndpoint": [
    `vpcId > ${VPC}`,
    `subnetIds[] > ${SUBNET}`,
    `securityGroupIds[] > ${GROUP}`,
    `routeTableIds[] >> ec2/routeTable:RouteTable, ${VPC}`,
  ],
  "ec2/flowLog:FlowLog": [
    `vpcId >> ${VPC}`,
    `iamRoleArn >> ${ROLE}`,
    "logDestination >> cloudwatch/logGroup:LogGroup, s3/bucket:Bucket",
  ],
  "ec2/launchTemplate:LaunchTemplate": [`vpcSecurityGroupIds[] >> ${GROUP}`],
  "kms/alias:Alias": [`targetKeyId >> ${KEY}`],
  "cloudwatch/logGroup:LogGroup": [`kmsKeyId >> ${KEY}`],
  "iam/rolePolicy:RolePolicy": [`role > ${ROLE}`],
  "iam/rolePolicyAttachment:RolePolicyAttachment": [
    `role > ${ROLE}`,
    "policyArn > iam/policy:Policy",
  ],
  [CLUSTER]: [
    `roleArn >> ${ROLE}`,
    `vpcConfig.subnetIds[] > ${SUBNET}`,
    `vpcConfig.securityGroupIds[] > ${GROUP}`,
    `encryptionConfig.provider.keyArn >> ${KEY}`,
  ],
  "eks/nodeGroup:NodeGroup": [
    `clusterName > ${CLUSTER}`,
    `nodeRoleArn >> ${ROLE}`,
    `subnetIds[] > ${SUBNET}`,
    "launchTemplate.id >> ec2/launchTemplate:LaunchTemplate",
  ],
  "eks/addon:Addon": [`clusterName >> ${CLUSTER}`, `serviceAccountRoleArn >> ${ROLE}`],
  "eks/accessEntry:AccessEntry": [`clusterName >> ${CLUSTER}`],
  "eks/accessPolicyAssociation:AccessPolicyAssociation": [
    `clusterName >> ${CLUSTER}`,
    "principalArn >> eks/accessEntry:AccessEntry",
  ],
  "eks/podIdentityAssociation:PodIdentityAssociation": [
    `clusterName >> ${CLUSTER}`,
    `roleArn >> ${ROLE}`,
  ],
  "s3/bucketVersioning:BucketVersioning": [BUCKET],
  "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [BUCKET],
  "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [BUCKET],
  "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [BUCKET],
  "s3/bucketPolicy:BucketPolicy": [BUCKET],
  "s3/bucketOwnershipControls:BucketOwnershipControls": [BUCKET],
  "rds/instance:Instance": [
    "dbSubnetGroupName > rds/subnetGroup:SubnetGroup",
    "parameterGroupName > rds/parameterGroup:ParameterGroup",
    `vpcSecurityGroupIds[] > ${GROUP}`,
    `kmsKeyId >> ${KEY}`,
  ],
  "rds/subnetGroup:SubnetGroup": [`subnetIds[] >> ${SUBNET}`],
  "route53/zone:Zone": [`vpcs[].vpcId >> ${VPC}`],
  "ecr/lifecyclePolicy:LifecyclePolicy": ["repository >> ecr/repository:Repository"],
  "secretsmanager/secret:Secret": [`kmsKeyId >> ${KEY}`],
  "secretsmanager/secretVersion:SecretVersion": ["secretId >> secretsmanager/secret:Secret"],
});
