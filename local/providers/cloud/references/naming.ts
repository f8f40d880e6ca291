import {
  cloudAnswer,
  lastSegment,
  type Cloud,
  type CloudAccount,
} from "../../../../plan/recording/cloud-outputs/index.ts";
import type { CloudRecord } from "../cloud-record.ts";

/** Outputs by which others may name a resource. */
const NAMING = ["name", "arn", "selfLink", "email", "member", "identifier", "bucket"] as const;
/** Outputs of AWS's that name something else which came along. */
const BROUGHT = ["defaultSecurityGroupId", "defaultRouteTableId"] as const;

/** Everything by which inputs of others may name a resource. */
export function names(record: CloudRecord): ReadonlySet<string> {
  const { type, id, inputs } = record;
  if (type.startsWith("azure-native:")) return azureNames(record);
  const outputs: Record<string, unknown> = { ...inputs, ...cloudAnswer(record).outputs };
  const found = new Set([id]);
  for (const key of [...NAMING, ...BROUGHT]) {
    const value = outputs[key];
    if (typeof value === "string") found.add(value);
  }
  if (type.startsWith("gcp:")) found.add(lastSegment(id));
  switch (type) {
    case "gcp:servicenetworking/connection:Connection":
      // Found by its network: an instance names that, not the connection.
      for (const name of linkNames(textOf(inputs["network"]))) found.add(name);
      break;
    case "aws:eks/cluster:Cluster": {
      const { vpcConfig } = outputs as { vpcConfig?: { clusterSecurityGroupId?: string } };
      if (vpcConfig?.clusterSecurityGroupId !== undefined)
        found.add(vpcConfig.clusterSecurityGroupId);
      break;
    }
    case "aws:eks/accessEntry:AccessEntry":
      found.add(textOf(inputs["principalArn"]));
      break;
  }
  return found;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A path of Google's, with and without the start of a link. */
function linkNames(text: string): string[] {
  const path = text.replace(/^https:\/\/www\.googleapis\.com\/compute\/v1\//, "");
  return [path, `https://www.googleapis.com/compute/v1/${path}`];
}

/** Azure's ids, in which capitals do not count; a network's subnets may be part of it. */
function azureNames({ id, inputs }: CloudRecord): ReadonlySet<string> {
  const subnets = Array.isArray(inputs["subnets"]) ? inputs["subnets"] : [];
  const inside = subnets.flatMap((subnet) => {
    const name = (subnet as { name?: unknown } | null)?.name;
    return typeof name === "string" ? [`${id}/subnets/${name}`] : [];
  });
  return new Set([id, ...inside].map((text) => text.toLowerCase()));
}

/** Whether a text names something that belongs to somebody else, or is no name of a resource. */
export function isForeign(
  cloud: Cloud,
  text: string,
  account: CloudAccount,
  path: string,
): boolean {
  switch (cloud) {
    case "gcp": {
      // An account of every project's that no program makes.
      if (text === "default") return true;
      if (path === "member") return !isOwnAccount(text, account);
      const project = /(?:^|\/)projects\/([^/]+)\//.exec(text)?.[1];
      return project !== undefined && project !== account.project;
    }
    case "aws": {
      // ARNs of AWS's own policies have `aws` where an account's have its number.
      const owner = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(text)?.[1];
      return owner !== undefined && owner !== "" && owner !== account.accountId;
    }
    case "azure-native": {
      const subscription = /^\/subscriptions\/([^/]+)\//i.exec(text)?.[1];
      return subscription?.toLowerCase() !== account.subscriptionId.toLowerCase();
    }
  }
}

/** Of the members that may get a role, a service account of the project itself has to exist. */
function isOwnAccount(member: string, { project }: CloudAccount): boolean {
  return (
    member.startsWith("serviceAccount:") && member.endsWith(`@${project}.iam.gserviceaccount.com`)
  );
}
