import type { EksSettings } from "../settings.ts";

/** The part of AWS that a region belongs to; China and the US government have their own. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

type Where = Pick<EksSettings, "account" | "region">;

/** Name of something in the account and region of the cluster. */
export function arnOf({ account, region }: Where, service: string, rest: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${rest}`;
}

/** The account itself, which stands for all whom its IAM policies let in. */
export const accountRoot = ({ account, region }: Where): string =>
  `arn:${partitionOf(region)}:iam::${account}:root`;

/** A policy that AWS keeps up to date. */
export const managedPolicy = ({ region }: Where, name: string): string =>
  `arn:${partitionOf(region)}:iam::aws:policy/${name}`;

/** What an access entry may do in the cluster, as EKS names it. */
export const accessPolicy = ({ region }: Where, name: string): string =>
  `arn:${partitionOf(region)}:eks::aws:cluster-access-policy/${name}`;

/** The name is known before the cluster is, so roles can trust it and nothing else. */
export const clusterArn = (settings: Where & Pick<EksSettings, "name">): string =>
  arnOf(settings, "eks", `cluster/${settings.name}`);

export const bucketArn = ({ region }: Where, bucket: string): string =>
  `arn:${partitionOf(region)}:s3:::${bucket}`;

/** What endpoints and services of a region are called. */
export const dnsSuffix = ({ region }: Pick<Where, "region">): string =>
  region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
