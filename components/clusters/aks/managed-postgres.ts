import { Configuration } from "@pulumi/azure-native/dbforpostgresql/configuration.js";
import { Database } from "@pulumi/azure-native/dbforpostgresql/database.js";
import { Server, type ServerArgs } from "@pulumi/azure-native/dbforpostgresql/server.js";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../core/invalid-args.ts";
import type { ManagedPostgres, ManagedPostgresRequest } from "../../core/managed-postgres.ts";
import { underPath, type Problem } from "../../core/problem.ts";
import type { AksClusterArgs } from "../cloud-context.ts";
import { shortened } from "../cloud-names.ts";
import type { AddressPlan } from "./address-plan.ts";
import { deletionLock } from "./deletion-lock.ts";
import type { AksKeys } from "./keys.ts";
import { WEEKDAYS } from "../settings.ts";
import { postgresPeer } from "./network-peers.ts";
import type { AksNetwork } from "./network.ts";
import type { AksPlace } from "./place.ts";
import { checkPostgresSize, postgresDisk, postgresMachine } from "./postgres-size.ts";
import type { LinkedZone } from "./private-zone.ts";
import { uuidOf } from "./roles.ts";

/** What a server stands on. */
export interface PostgresGround {
  readonly plan: AddressPlan;
  readonly network: AksNetwork;
  readonly keys: AksKeys;
  /** The zone of the servers' names, made with the first of them. */
  readonly zone: LinkedZone;
  /** Whom a refusal is about. */
  readonly subject: pulumi.Resource;
}

/** Azure takes 63 characters. */
const LONGEST_SERVER = 63;
/** Fewest days that Azure keeps backups for. */
const SHORTEST_BACKUP_DAYS = 7;
const PORT = 5432;
/** Names that Azure keeps for itself. */
const RESERVED_USERS = [
  "azure_superuser",
  "azure_pg_admin",
  "admin",
  "administrator",
  "root",
  "guest",
  "public",
];

function checkUser({ adminUser }: ManagedPostgresRequest): Problem[] {
  if (!RESERVED_USERS.includes(adminUser) && !adminUser.startsWith("pg_")) return [];
  return [
    {
      path: "adminUser",
      got: JSON.stringify(adminUser),
      expected: `none of ${RESERVED_USERS.join(", ")}, and nothing that begins with pg_`,
      remedy: "Choose another name.",
    },
  ];
}

/** Name of the private zone in which the servers of a cluster have their names. */
export const postgresZoneName = ({ name }: Pick<AksClusterArgs, "name">) =>
  `${name}.private.postgres.database.azure.com`;

/**
 * Name of a server. All of Azure shares these names, so it ends in a few digits that hang on the
 * subscription.
 */
export function postgresServerName(
  { name, subscription }: Pick<AksClusterArgs, "name" | "subscription">,
  server: string,
): string {
  const end = uuidOf(`${subscription}/${name}/${server}`).slice(0, 6);
  return `${shortened(`${name}-${server}`, LONGEST_SERVER - end.length - 1)}-${end}`;
}

/** What Azure is told of a server, but for where it goes, its keys and its network. */
export function postgresInputs(
  request: ManagedPostgresRequest,
  { zones, maintenance }: Pick<AksClusterArgs, "zones" | "maintenance">,
): Omit<ServerArgs, "resourceGroupName"> {
  const { version, adminUser, adminPassword, highlyAvailable, backupDays } = request;
  const { name = "", tier = "GeneralPurpose" } = postgresMachine(request) ?? {};
  const [first, second] = zones;
  return {
    version,
    sku: { name, tier },
    storage: {
      storageSizeGB: postgresDisk(request.storage) ?? 0,
      // Azure would enlarge it behind the program's back, and nothing lets it shrink again.
      autoGrow: "Disabled",
    },
    administratorLogin: adminUser,
    administratorLoginPassword: adminPassword,
    authConfig: { passwordAuth: "Enabled", activeDirectoryAuth: "Disabled" },
    backup: {
      backupRetentionDays: Math.max(backupDays, SHORTEST_BACKUP_DAYS),
      geoRedundantBackup: "Disabled",
    },
    ...(first === undefined ? {} : { availabilityZone: first }),
    highAvailability: highlyAvailable
      ? second === undefined
        ? { mode: "SameZone" }
        : { mode: "ZoneRedundant", standbyAvailabilityZone: second }
      : { mode: "Disabled" },
    maintenanceWindow: {
      customWindow: "Enabled",
      dayOfWeek: azureDay(maintenance.days[0]),
      startHour: Number(maintenance.start.slice(0, 2)),
      startMinute: Number(maintenance.start.slice(3)),
    },
  };
}

/** Azure counts the days from Sunday, which is 0. */
const azureDay = (day: (typeof WEEKDAYS)[number] = "Sunday") => (WEEKDAYS.indexOf(day) + 1) % 7;

/** Makes a server with its databases, which the cluster's network alone reaches. */
export function managedPostgres(
  place: AksPlace,
  ground: PostgresGround,
  server: string,
  request: ManagedPostgresRequest,
): ManagedPostgres {
  const { name, args, here, child } = place;
  refuse(
    underPath(`managedPostgres(${server})`, [...checkPostgresSize(request), ...checkUser(request)]),
    ground.subject,
  );
  const logical = `${name}-postgres-${server}`;
  const made = new Server(
    logical,
    {
      ...here,
      ...postgresInputs(request, args),
      ...privately(ground),
      serverName: postgresServerName(args, server),
    },
    child({
      protect: request.retain,
      dependsOn: [ground.keys.dataAccess, ground.zone.link],
      // After a failover the two have changed places.
      ignoreChanges: ["availabilityZone", "highAvailability.standbyAvailabilityZone"],
      customTimeouts: { create: "60m", update: "120m", delete: "30m" },
    }),
  );
  const encrypted = new Configuration(
    `${logical}-encrypted-connections`,
    {
      resourceGroupName: here.resourceGroupName,
      serverName: made.name,
      configurationName: "require_secure_transport",
      value: "on",
      source: "user-override",
    },
    // Azure has it with every server and deletes it with the server.
    child({ retainOnDelete: true }),
  );
  const databases = request.databases.map(
    (database) =>
      new Database(
        `${logical}-database-${database}`,
        {
          resourceGroupName: here.resourceGroupName,
          serverName: made.name,
          databaseName: database,
          charset: "UTF8",
          collation: "en_US.utf8",
        },
        child({ protect: request.retain, dependsOn: [encrypted] }),
      ),
  );
  if (request.retain) deletionLock(place, `postgres-${server}`, made.id);
  return {
    host: made.fullyQualifiedDomainName,
    port: PORT,
    adminUser: request.adminUser,
    adminPassword: pulumi.secret(
      pulumi.all([request.adminPassword, made.id]).apply(([password]) => password),
    ),
    peers: [postgresPeer(ground.plan)],
    ready: [made, encrypted, ...databases],
  };
}

/** A subnet of the servers' own, a name that the network alone resolves, a key of our own. */
function privately({
  network,
  zone,
  keys,
}: PostgresGround): Pick<ServerArgs, "network" | "identity" | "dataEncryption"> {
  const { dataIdentity } = keys;
  return {
    network: {
      delegatedSubnetResourceId: network.postgres.id,
      privateDnsZoneArmResourceId: zone.zone.id,
      publicNetworkAccess: "Disabled",
    },
    identity: {
      type: "UserAssigned",
      userAssignedIdentities: dataIdentity.id.apply((id) => ({ [id]: {} })),
    },
    dataEncryption: {
      type: "AzureKeyVault",
      primaryKeyURI: keys.postgres.keyUriWithVersion,
      primaryUserAssignedIdentityId: dataIdentity.id,
    },
  };
}
