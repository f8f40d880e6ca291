import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, ObjectStore } from "../../core/cluster-handle.ts";
import { bucketArn } from "./arns.ts";
import type { EksKeys } from "./keys.ts";
import type { EksPlace } from "./place.ts";
import { policyDocument } from "./policy-document.ts";

/** Days for which something that was deleted or overwritten can be brought back. */
const UNDELETE_DAYS = 30;
/** Days after which an upload that nobody finished is thrown away. */
const UNFINISHED_DAYS = 7;

/** A bucket, and all that has to be set before anything may lie in it. */
export interface EksObjectStore {
  readonly bucket: string;
  readonly ready: readonly pulumi.Resource[];
}

/** The stores as the contract names them. */
export function objectStores({ args, names }: EksPlace): Required<ClusterHandle["objectStores"]> {
  const store = (bucket: string): ObjectStore => ({ api: "s3", bucket, region: args.region });
  return { backups: store(names.backupsBucket), logs: store(names.logsBucket) };
}

/** Buckets for backups and for logs. Logs go after `logRetentionDays`; backups when their owner says. */
export function createObjectStores(place: EksPlace, keys: EksKeys): EksObjectStore[] {
  const { args, names } = place;
  return [
    objectStore(place, keys, "backups", names.backupsBucket),
    objectStore(place, keys, "logs", names.logsBucket, args.logRetentionDays),
  ];
}

function objectStore(
  { name, args, keeping }: EksPlace,
  keys: EksKeys,
  purpose: string,
  bucketName: string,
  keepDays?: number,
): EksObjectStore {
  const logical = `${name}-${purpose}`;
  const made = new Bucket(
    `${logical}-bucket`,
    // What is to go with the cluster goes with all that is in it.
    { bucket: bucketName, forceDestroy: !args.retainData },
    keeping(),
  );
  const bucket = made.bucket;
  const versioning = new BucketVersioning(
    `${logical}-versioning`,
    { bucket, versioningConfiguration: { status: "Enabled" } },
    keeping(),
  );
  const settings = [
    versioning,
    new BucketServerSideEncryptionConfiguration(
      `${logical}-encryption`,
      {
        bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: keys.data.arn,
            },
            bucketKeyEnabled: true,
          },
        ],
      },
      keeping(),
    ),
    new BucketPublicAccessBlock(
      `${logical}-private`,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      keeping(),
    ),
    new BucketOwnershipControls(
      `${logical}-ownership`,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      keeping(),
    ),
    new BucketPolicy(
      `${logical}-policy`,
      { bucket, policy: encryptedTransportOnly(bucketArn(args, bucketName)) },
      keeping(),
    ),
    new BucketLifecycleConfiguration(
      `${logical}-lifecycle`,
      { bucket, rules: lifecycleRules(keepDays) },
      // Rules on versions need versions.
      keeping({ dependsOn: [versioning] }),
    ),
  ];
  return { bucket: bucketName, ready: [made, ...settings] };
}

function encryptedTransportOnly(arn: string): string {
  return policyDocument([
    {
      Sid: "EncryptedTransportOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}

/** What S3 clears away by itself. */
export function lifecycleRules(keepDays?: number) {
  const tidy = {
    id: "tidy",
    status: "Enabled",
    filter: { prefix: "" },
    noncurrentVersionExpiration: { noncurrentDays: UNDELETE_DAYS },
    abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_DAYS },
  };
  if (keepDays === undefined) return [tidy];
  const filter = { prefix: "" };
  return [tidy, { id: "expire", status: "Enabled", filter, expiration: { days: keepDays } }];
}
