import { AZURE_PATHS } from "./azure/paths.ts";
import { asUuid, digest } from "./drawn-numbers.ts";
import type { Properties } from "./properties.ts";

/** How a provider names a resource for which the program gives no name. */
export interface Autoname {
  /** The input that holds the name. */
  readonly input: string;
  /** How long the cloud lets the name be; absent where nobody meets the limit. */
  readonly longest?: number;
  /** An input that asks the cloud itself for the end of the name. */
  readonly prefixInput?: string;
  /** Whether the name has to be in small letters. */
  readonly lower?: boolean;
  /** Whether every name starts so. */
  readonly start?: string;
  /** `random` unless said; `copy` is the logical name itself, for what stands below something else. */
  readonly kind?: "random" | "copy" | "uuid";
}

const gcp = (input: string, longest?: number): Autoname => ({
  input,
  ...(longest === undefined ? {} : { longest }),
});

const aws = (longest: number, more: Partial<Autoname> = {}): Autoname => ({
  input: "name",
  prefixInput: "namePrefix",
  longest,
  ...more,
});

const BRIDGED: Readonly<Record<string, Autoname>> = {
  "gcp:compute/network:Network": gcp("name", 63),
  "gcp:compute/subnetwork:Subnetwork": gcp("name", 63),
  "gcp:compute/router:Router": gcp("name", 63),
  "gcp:compute/routerNat:RouterNat": gcp("name", 63),
  "gcp:compute/firewall:Firewall": gcp("name", 63),
  "gcp:compute/address:Address": gcp("name", 63),
  "gcp:compute/globalAddress:GlobalAddress": gcp("name", 63),
  "gcp:container/cluster:Cluster": gcp("name", 40),
  "gcp:container/nodePool:NodePool": { ...gcp("name", 40), prefixInput: "namePrefix" },
  "gcp:kms/keyRing:KeyRing": gcp("name", 63),
  "gcp:kms/cryptoKey:CryptoKey": gcp("name", 63),
  "gcp:serviceaccount/account:Account": gcp("accountId", 30),
  "gcp:storage/bucket:Bucket": { ...gcp("name", 63), lower: true },
  "gcp:dns/managedZone:ManagedZone": gcp("name", 63),
  "gcp:sql/databaseInstance:DatabaseInstance": gcp("name", 98),
  "gcp:sql/database:Database": gcp("name"),
  "gcp:sql/user:User": gcp("name"),
  "gcp:logging/projectSink:ProjectSink": gcp("name", 100),
  "gcp:pubsub/topic:Topic": gcp("name", 255),
  "gcp:secretmanager/secret:Secret": gcp("secretId", 255),
  "aws:ec2/securityGroup:SecurityGroup": aws(255),
  "aws:ec2/launchTemplate:LaunchTemplate": aws(125),
  "aws:kms/alias:Alias": aws(256, { start: "alias/" }),
  "aws:cloudwatch/logGroup:LogGroup": aws(512),
  "aws:iam/role:Role": aws(64),
  "aws:iam/rolePolicy:RolePolicy": aws(128),
  "aws:iam/policy:Policy": aws(128),
  "aws:eks/cluster:Cluster": { input: "name", longest: 100 },
  "aws:eks/nodeGroup:NodeGroup": aws(63, {
    input: "nodeGroupName",
    prefixInput: "nodeGroupNamePrefix",
  }),
  "aws:s3/bucket:Bucket": aws(63, { input: "bucket", prefixInput: "bucketPrefix", lower: true }),
  "aws:rds/instance:Instance": aws(63, {
    input: "identifier",
    prefixInput: "identifierPrefix",
    lower: true,
  }),
  "aws:rds/subnetGroup:SubnetGroup": aws(255, { lower: true }),
  "aws:rds/parameterGroup:ParameterGroup": aws(255, { lower: true }),
  "aws:route53/zone:Zone": { input: "name" },
  "aws:ecr/repository:Repository": { input: "name", longest: 256, lower: true },
  "aws:secretsmanager/secret:Secret": aws(512),
  "aws:sqs/queue:Queue": aws(80),
};

/** The rule by which resources of a type are named; undefined for those that are not. */
export function autonameOf(type: string): Autoname | undefined {
  if (type === "azure-native:resources:ResourceGroup") return { input: "resourceGroupName" };
  const path = AZURE_PATHS[type];
  if (path === undefined) return BRIDGED[type];
  const [, input] = path.steps.at(-1) ?? ["", ""];
  if (type === "azure-native:authorization:RoleAssignment") return { input, kind: "uuid" };
  return { input, kind: path.steps.length > 1 ? "copy" : "random" };
}

/** Draws so many hexadecimal digits for the end of a name. */
export type DrawDigits = (count: number) => string;

/** The name for a resource that has none; undefined where its provider makes up none. */
export function automaticName(
  type: string,
  name: string,
  inputs: Properties,
  draw: DrawDigits,
): string | undefined {
  const rule = autonameOf(type);
  if (rule === undefined || given(inputs[rule.input])) return undefined;
  if (rule.prefixInput !== undefined && given(inputs[rule.prefixInput])) return undefined;
  const { kind = "random", start = "", lower = false } = rule;
  if (kind === "uuid") return asUuid(draw(32));
  if (kind === "copy") return name;
  // azure-native puts nothing between name and digits, as most of its names allow no hyphen.
  const made = type.startsWith("azure-native:") ? `${name}${draw(8)}` : `${name}-${draw(7)}`;
  return `${start}${lower ? made.toLowerCase() : made}`;
}

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** What stands in a plan for digits that an engine draws, so that no plan holds a random value. */
export const plannedDigits =
  (name: string): DrawDigits =>
  (count) =>
    count > 8 ? digest(name).slice(0, count) : "x".repeat(count);
