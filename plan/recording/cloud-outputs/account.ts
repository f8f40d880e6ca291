import { digitsOf } from "./drawn-numbers.ts";
import { isProperties, type Properties } from "./properties.ts";

/** Where resources go: a project, an account or a subscription, with what its provider adds to them. */
export interface CloudAccount {
  /** GCP: project and where resources go that do not say. */
  readonly project: string;
  readonly projectNumber: string;
  readonly region: string;
  readonly zone: string;
  /** AWS: twelve digits, and `aws` or one of the closed partitions. */
  readonly accountId: string;
  readonly partition: string;
  /** Azure. */
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly location: string;
  /** Labels and tags that the provider gives to everything. */
  readonly defaultLabels: Properties;
  readonly defaultTags: Properties;
}

const NO_PROJECT = "slipway-project";
// The number that the documentation of AWS writes for an account.
const NO_ACCOUNT = "123456789012";
const NO_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";

/**
 * The account that a provider's settings lead to. What they leave to the credentials of whoever runs the
 * program (the number of an AWS account, unless `allowedAccountIds` names it) is an obvious fake.
 */
export function cloudAccount(settings: Properties): CloudAccount {
  const text = (key: string, fallback: string) => {
    const value = settings[key];
    return typeof value === "string" && value !== "" ? value : fallback;
  };
  const project = text("project", NO_PROJECT);
  const region = text("region", "");
  const [accountId = NO_ACCOUNT] = parsed(settings["allowedAccountIds"], isTexts) ?? [];
  return {
    project,
    projectNumber: digitsOf(project, 12),
    region,
    zone: text("zone", `${region}-a`),
    accountId,
    partition: partitionOf(region),
    subscriptionId: text("subscriptionId", NO_SUBSCRIPTION),
    tenantId: text("tenantId", NO_SUBSCRIPTION),
    location: text("location", ""),
    defaultLabels: parsed(settings["defaultLabels"], isProperties) ?? {},
    defaultTags: tagsOf(parsed(settings["defaultTags"], isProperties)),
  };
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function tagsOf(setting: Properties | undefined): Properties {
  const tags = setting?.["tags"];
  return isProperties(tags) ? tags : {};
}

/** Providers get lists and maps as JSON. */
function parsed<T>(value: unknown, is: (value: unknown) => value is T): T | undefined {
  if (is(value)) return value;
  if (typeof value !== "string") return undefined;
  try {
    const decoded: unknown = JSON.parse(value);
    return is(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
