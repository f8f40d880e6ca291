import { CREATED, type CloudResource, type OutputRules } from "../cloud-resource.ts";
import { arn, ec2Id, nameOf, regionOf, tags } from "./place.ts";

/** Settings of a bucket are resources of their own, called as the bucket is. */
const ofBucket = (r: CloudResource) => ({
  id: r.text("bucket"),
  outputs: { region: regionOf(r) },
});

const PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306 };

/** RDS keeps the password that it made up in a secret of its own. */
function masterSecret(r: CloudResource) {
  if (r.at("manageMasterUserPassword") !== true) return [];
  const secretArn = arn(r, "secretsmanager", `secret:rds!db-${r.uuid("secret")}`);
  return [{ secretArn, secretStatus: "active", kmsKeyId: r.text("masterUserSecretKmsKeyId") }];
}

function databaseOutputs(r: CloudResource) {
  const identifier = nameOf(r, "identifier", "identifierPrefix");
  const given = r.inputs["port"];
  const port = typeof given === "number" ? given : (PORTS[r.text("engine")] ?? 5432);
  const address = `${identifier}.c${r.hex("address", 11)}.${regionOf(r)}.rds.amazonaws.com`;
  return {
    identifier,
    arn: arn(r, "rds", `db:${identifier}`),
    region: regionOf(r),
    address,
    endpoint: `${address}:${port}`,
    port,
    engineVersionActual: r.text("engineVersion"),
    hostedZoneId: `Z${r.hex("zone", 13).toUpperCase()}`,
    latestRestorableTime: CREATED,
    listenerEndpoints: [],
    masterUserSecrets: masterSecret(r),
    replicas: [],
    status: "available",
    upgradeRolloutOrder: "",
    ...tags(r),
  };
}

export const DATA: OutputRules = {
  "aws:cloudwatch/logGroup:LogGroup": (r) => {
    const name = nameOf(r);
    const own = { name, arn: arn(r, "logs", `log-group:${name}`), region: regionOf(r) };
    return { id: name, outputs: { ...own, ...tags(r) } };
  },
  "aws:s3/bucket:Bucket": (r) => {
    const bucket = nameOf(r, "bucket", "bucketPrefix");
    const region = regionOf(r);
    return {
      id: bucket,
      outputs: {
        bucket,
        region,
        arn: `arn:${r.account.partition}:s3:::${bucket}`,
        bucketDomainName: `${bucket}.s3.amazonaws.com`,
        bucketRegion: region,
        bucketRegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
        hostedZoneId: `Z${r.hex("zone", 13).toUpperCase()}`,
        websiteDomain: "",
        websiteEndpoint: "",
        ...tags(r),
      },
    };
  },
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:rds/instance:Instance": (r) => {
    const id = `db-${r.hex("instance", 26).toUpperCase()}`;
    return { id, outputs: { ...databaseOutputs(r), resourceId: id } };
  },
  "aws:rds/subnetGroup:SubnetGroup": (r) => {
    const name = nameOf(r);
    return {
      id: name,
      outputs: {
        name,
        arn: arn(r, "rds", `subgrp:${name}`),
        region: regionOf(r),
        description: r.text("description", "Managed by Pulumi"),
        supportedNetworkTypes: ["IPV4"],
        vpcId: ec2Id(r, "vpc"),
        ...tags(r),
      },
    };
  },
  "aws:rds/parameterGroup:ParameterGroup": (r) => {
    const name = nameOf(r);
    const own = { name, arn: arn(r, "rds", `pg:${name}`), region: regionOf(r) };
    const description = r.text("description", "Managed by Pulumi");
    return { id: name, outputs: { ...own, description, ...tags(r) } };
  },
  "aws:ecr/repository:Repository": (r) => {
    const name = r.text("name");
    const registryId = r.account.accountId;
    return {
      id: name,
      outputs: {
        arn: arn(r, "ecr", `repository/${name}`),
        region: regionOf(r),
        registryId,
        repositoryUrl: `${registryId}.dkr.ecr.${regionOf(r)}.amazonaws.com/${name}`,
        ...tags(r),
      },
    };
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": (r) => ({
    id: r.text("repository"),
    outputs: { registryId: r.account.accountId, region: regionOf(r) },
  }),
  "aws:secretsmanager/secret:Secret": (r) => {
    const name = nameOf(r);
    // Six characters keep a secret of the same name, made after it, apart.
    const secretArn = arn(r, "secretsmanager", `secret:${name}-${r.hex("secret", 6)}`);
    const own = { name, arn: secretArn, region: regionOf(r), replicas: [], policy: "" };
    return { id: secretArn, outputs: { ...own, ...tags(r) } };
  },
  "aws:secretsmanager/secretVersion:SecretVersion": (r) => {
    const versionId = r.uuid("version");
    const secretId = r.text("secretId");
    const outputs = { arn: secretId, secretArn: secretId, versionId, region: regionOf(r) };
    return {
      id: `${secretId}|${versionId}`,
      outputs: { ...outputs, versionStages: ["AWSCURRENT"], hasSecretStringWo: false },
    };
  },
  "aws:sqs/queue:Queue": (r) => {
    const name = nameOf(r);
    const url = `https://sqs.${regionOf(r)}.amazonaws.com/${r.account.accountId}/${name}`;
    const own = { name, url, arn: arn(r, "sqs", name), region: regionOf(r) };
    return { id: url, outputs: { ...own, ...tags(r) } };
  },
};
