import { Instance, type InstanceArgs } from "@pulumi/aws/rds/instance.js";
import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../core/invalid-args.ts";
import type { ManagedPostgres, ManagedPostgresRequest } from "../../core/managed-postgres.ts";
import { underPath } from "../../core/problem.ts";
import type { EksClusterArgs } from "../cloud-context.ts";
import { shortened } from "../cloud-names.ts";
import type { AddressPlan } from "./address-plan.ts";
import type { EksKeys } from "./keys.ts";
import { logGroup } from "./log-group.ts";
import { POSTGRES_PORT, postgresPeers } from "./network-peers.ts";
import { idsOf, type EksNetwork } from "./network.ts";
import type { EksPlace } from "./place.ts";
import { checkPostgresRequest } from "./postgres-request.ts";
import { postgresDisk, postgresMachine } from "./postgres-size.ts";
import { postgresWindows } from "./postgres-windows.ts";
import { RDS_AUTHORITY, rdsAuthority } from "./rds-authority.ts";
import { allowIn, securityGroup, type EksSecurityGroups } from "./security-groups.ts";

/** What a server stands on. */
export interface PostgresGround {
  readonly plan: AddressPlan;
  readonly network: EksNetwork;
  readonly groups: EksSecurityGroups;
  readonly keys: EksKeys;
  /** Whom a refusal is about. */
  readonly subject: pulumi.Resource;
}

/** RDS takes 63 characters, of which the last snapshot's name needs some. */
const LONGEST_SERVER = 56;
/** What the server writes that is worth keeping. */
const LOGS = ["postgresql", "upgrade"] as const;

/** What RDS is told of a server, but for where it stands. */
export function postgresInputs(
  request: ManagedPostgresRequest,
  args: Pick<EksClusterArgs, "maintenance" | "retainData" | "deletionProtection">,
  identifier: string,
): InstanceArgs {
  return {
    identifier,
    engine: "postgres",
    engineVersion: request.version,
    instanceClass: postgresMachine(request) ?? "",
    allocatedStorage: postgresDisk(request.storage),
    storageType: "gp3",
    storageEncrypted: true,
    multiAz: request.highlyAvailable,
    ...postgresWindows(args.maintenance),
    username: request.adminUser,
    password: request.adminPassword,
    dbName: request.databases[0] ?? "",
    port: POSTGRES_PORT,
    publiclyAccessible: false,
    caCertIdentifier: RDS_AUTHORITY,
    backupRetentionPeriod: request.backupDays,
    copyTagsToSnapshot: true,
    deletionProtection: request.retain || args.deletionProtection,
    deleteAutomatedBackups: !args.retainData,
    skipFinalSnapshot: !args.retainData,
    ...(args.retainData ? { finalSnapshotIdentifier: `${identifier}-final` } : {}),
    // A higher version in the request is meant; what changes is changed now and not some night.
    allowMajorVersionUpgrade: true,
    autoMinorVersionUpgrade: true,
    applyImmediately: true,
    // Standard support and no bill for more, as for the cluster.
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    enabledCloudwatchLogsExports: [...LOGS],
  };
}

/** Makes a server with its database, which nodes and pods of the cluster alone reach. */
export function managedPostgres(
  place: EksPlace,
  ground: PostgresGround,
  server: string,
  request: ManagedPostgresRequest,
): ManagedPostgres {
  const { name, args, names, child } = place;
  const { network, groups, keys, plan, subject } = ground;
  const problems = checkPostgresRequest(request, args.region);
  refuse(underPath(`managedPostgres(${server})`, problems), subject);
  const authority = rdsAuthority(args.region);
  const logical = `${name}-postgres-${server}`;
  const identifier = shortened(`${args.name}-${server}`, LONGEST_SERVER);

  const group = securityGroup(place, network, `postgres-${server}`, {
    description: `PostgreSQL ${server} of ${args.name}`,
  });
  const rule = allowIn(place, `postgres-${server}-from-nodes`, {
    to: group,
    from: { group: groups.nodes },
    port: POSTGRES_PORT,
  });
  const subnets = new SubnetGroup(
    `${logical}-subnets`,
    {
      namePrefix: names.prefix(server),
      description: `Databases of ${args.name}`,
      subnetIds: idsOf(network.subnets.data),
    },
    child(),
  );
  const parameters = new ParameterGroup(
    // Of one major version each: with another version comes another group, and the old one goes last.
    `${logical}-parameters-${request.version}`,
    {
      namePrefix: names.prefix(server),
      family: `postgres${request.version}`,
      description: `PostgreSQL ${request.version} of ${args.name}`,
      parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "immediate" }],
    },
    child(),
  );
  const logs = LOGS.map((log) =>
    logGroup(place, `postgres-${server}-${log}-logs`, {
      groupName: `/aws/rds/instance/${identifier}/${log}`,
      key: keys.cluster,
    }),
  );
  const made = new Instance(
    logical,
    {
      ...postgresInputs(request, args, identifier),
      kmsKeyId: keys.data.arn,
      dbSubnetGroupName: subnets.name,
      parameterGroupName: parameters.name,
      vpcSecurityGroupIds: [group.id],
    },
    child({
      protect: request.retain || args.deletionProtection,
      dependsOn: logs,
      additionalSecretOutputs: ["password"],
      customTimeouts: { create: "60m", update: "120m", delete: "60m" },
    }),
  );
  return {
    host: made.address,
    port: POSTGRES_PORT,
    adminUser: request.adminUser,
    adminPassword: pulumi.secret(
      pulumi.all([request.adminPassword, made.id]).apply(([password]) => password),
    ),
    ...(authority === undefined ? {} : { caCertificate: pulumi.output(authority) }),
    peers: postgresPeers(plan),
    ready: [made, rule],
  };
}
