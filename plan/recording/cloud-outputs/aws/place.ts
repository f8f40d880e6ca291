import type { CloudResource } from "../cloud-resource.ts";
import { digest } from "../drawn-numbers.ts";
import type { Properties } from "../properties.ts";

export const regionOf = (r: CloudResource): string => r.text("region", r.account.region);

/** An ARN in the resource's own region and account. */
export const arn = (r: CloudResource, service: string, resource: string): string =>
  `arn:${r.account.partition}:${service}:${regionOf(r)}:${r.account.accountId}:${resource}`;

/** An ARN of a service that knows no regions. */
export const globalArn = (r: CloudResource, service: string, resource: string): string =>
  `arn:${r.account.partition}:${service}::${r.account.accountId}:${resource}`;

/** An id as EC2 gives them: `vpc-` and 17 digits. */
export const ec2Id = (r: CloudResource, prefix: string): string =>
  `${prefix}-0${r.hex(prefix, 16)}`;

/** The id of what EC2 makes along with something: a VPC's default security group. */
export const belongingId = (prefix: string, owner: string): string =>
  `${prefix}-0${digest(`${prefix} of ${owner}`).slice(0, 16)}`;

/** The tags of a resource with those that its provider adds. */
export function tags(r: CloudResource): Properties {
  return { tagsAll: { ...r.account.defaultTags, ...r.map("tags") } };
}

/** The end of a name that AWS makes up after a prefix, in its own way: a time and a number. */
const afterPrefix = (r: CloudResource) => `20260101000000${r.digits("prefix", 12)}`;

/** The name of a resource, or the one made up after `namePrefix`. */
export function nameOf(r: CloudResource, key = "name", prefixKey = "namePrefix"): string {
  const prefix = r.text(prefixKey);
  return r.text(key, prefix === "" ? "" : prefix + afterPrefix(r));
}
