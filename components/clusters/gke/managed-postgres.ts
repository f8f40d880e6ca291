import { Database } from "@pulumi/gcp/sql/database.js";
import { DatabaseInstance } from "@pulumi/gcp/sql/databaseInstance.js";
import { User } from "@pulumi/gcp/sql/user.js";
import type { input } from "@pulumi/gcp/types/index.js";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../core/invalid-args.ts";
import type { ManagedPostgres, ManagedPostgresRequest } from "../../core/managed-postgres.ts";
import { underPath, type Problem } from "../../core/problem.ts";
import type { GkeClusterArgs } from "../cloud-context.ts";
import { WEEKDAYS } from "../settings.ts";
import type { AddressPlan } from "./address-plan.ts";
import { encryptionKey, type GkeKey, type GkeKeys } from "./keys.ts";
import { POSTGRES_PORT, postgresPeer } from "./network-peers.ts";
import type { GkeNetwork } from "./network.ts";
import type { GkePlace } from "./place.ts";
import { checkPostgresSize, postgresDisk, postgresMachine } from "./postgres-size.ts";
import { privateServices, type PrivateServices } from "./private-services.ts";
import { serviceIdentity } from "./service-agents.ts";

/** What all servers of a cluster stand on; made with the first of them. */
export interface PostgresGround {
  readonly plan: AddressPlan;
  readonly network: GkeNetwork;
  readonly key: GkeKey;
  readonly services: PrivateServices;
}

/** Names that Google keeps for itself. */
const RESERVED_USERS = ["postgres", "cloudsqladmin", "cloudsqlagent", "cloudsqlsuperuser"];
/** Days of changes that Google keeps at most, for going back to a moment. */
const MOST_LOG_DAYS = 7;

function checkUser({ adminUser }: ManagedPostgresRequest): Problem[] {
  const starts = ["pg_", "cloudsql"];
  const reserved =
    RESERVED_USERS.includes(adminUser) || starts.some((start) => adminUser.startsWith(start));
  if (!reserved) return [];
  return [
    {
      path: "adminUser",
      got: JSON.stringify(adminUser),
      expected: `none of ${RESERVED_USERS.join(", ")}, and nothing that begins with ${starts.join(" or ")}`,
      remedy: "Choose another name.",
    },
  ];
}

/** The key of the servers and the way to them. */
export function postgresGround(
  place: GkePlace,
  { network, plan, keys }: { network: GkeNetwork; plan: AddressPlan; keys: GkeKeys },
): PostgresGround {
  const { name, args, child } = place;
  const agent = serviceIdentity(`${name}-postgres-agent`, "sqladmin", args.project, child());
  return {
    plan,
    network,
    key: encryptionKey(place, keys.ring, "postgres", agent.member),
    services: privateServices(place, network, plan),
  };
}

/** What Google is told of a server, but for its network and its key. */
export function postgresSettings(
  request: ManagedPostgresRequest,
  { zones, maintenance, retainData }: Pick<GkeClusterArgs, "zones" | "maintenance" | "retainData">,
): input.sql.DatabaseInstanceSettings {
  const { highlyAvailable, backupDays, retain } = request;
  const [zone, secondaryZone] = zones;
  return {
    tier: postgresMachine(request) ?? "",
    edition: "ENTERPRISE",
    availabilityType: highlyAvailable ? "REGIONAL" : "ZONAL",
    locationPreference: {
      ...(zone === undefined ? {} : { zone }),
      ...(highlyAvailable && secondaryZone !== undefined ? { secondaryZone } : {}),
    },
    diskType: "PD_SSD",
    diskSize: postgresDisk(request.storage) ?? 0,
    // Google would enlarge it behind the program's back, and nothing lets it shrink again.
    diskAutoresize: false,
    backupConfiguration: {
      enabled: true,
      startTime: maintenance.start,
      pointInTimeRecoveryEnabled: true,
      transactionLogRetentionDays: Math.min(backupDays, MOST_LOG_DAYS),
      backupRetentionSettings: { retainedBackups: backupDays, retentionUnit: "COUNT" },
    },
    // A server is deleted only when `retain` is off again; what is kept then hangs on the cluster.
    ...(retainData
      ? {
          retainBackupsOnDelete: true,
          finalBackupConfig: { enabled: true, retentionDays: backupDays },
        }
      : {}),
    maintenanceWindow: {
      // From Monday, which is 1.
      day: WEEKDAYS.indexOf(maintenance.days[0] ?? "Sunday") + 1,
      hour: Number(maintenance.start.slice(0, 2)),
      updateTrack: "stable",
    },
    deletionProtectionEnabled: retain,
  };
}

/** Makes a server with its databases, which the cluster's network alone reaches. */
export function managedPostgres(
  place: GkePlace,
  ground: PostgresGround,
  server: string,
  request: ManagedPostgresRequest,
): ManagedPostgres {
  const { name, args, child } = place;
  const { project, region } = args;
  const { network, services, key } = ground;
  const logical = `${name}-postgres-${server}`;
  // Its name is drawn by the engine: Google keeps that of a deleted server for a week.
  const made = new DatabaseInstance(
    logical,
    {
      project,
      region,
      databaseVersion: `POSTGRES_${request.version}`,
      encryptionKeyName: key.key.id,
      deletionProtection: request.retain,
      settings: {
        ...postgresSettings(request, args),
        ipConfiguration: {
          ipv4Enabled: false,
          privateNetwork: network.network.id,
          allocatedIpRange: services.range.name,
          sslMode: "ENCRYPTED_ONLY",
          serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
        },
      },
    },
    child({
      protect: request.retain,
      dependsOn: [services.connection, key.access],
      // After a failover the two have changed places.
      ignoreChanges: ["settings.locationPreference"],
      customTimeouts: { create: "60m", update: "120m", delete: "30m" },
    }),
  );
  const databases = request.databases.map(
    (database) =>
      new Database(
        `${logical}-database-${database}`,
        { project, instance: made.name, name: database, charset: "UTF8", collation: "en_US.UTF8" },
        child({ protect: request.retain }),
      ),
  );
  const user = new User(
    `${logical}-user`,
    {
      project,
      instance: made.name,
      name: request.adminUser,
      password: request.adminPassword,
      type: "BUILT_IN",
      // PostgreSQL drops nobody who owns a table; the user goes with the server.
      deletionPolicy: "ABANDON",
    },
    child({ dependsOn: databases, additionalSecretOutputs: ["password"] }),
  );
  return {
    host: made.privateIpAddress,
    port: POSTGRES_PORT,
    adminUser: request.adminUser,
    adminPassword: pulumi.secret(
      pulumi.all([request.adminPassword, user.id]).apply(([password]) => password),
    ),
    caCertificate: made.serverCaCerts.apply(([first]) => first?.cert ?? ""),
    peers: [postgresPeer(ground.plan)],
    ready: [made, user, ...databases],
  };
}

/** Throws for a request that no server of Google's answers. */
export function refusePostgres(
  server: string,
  request: ManagedPostgresRequest,
  subject: pulumi.Resource,
): void {
  refuse(
    underPath(`managedPostgres(${server})`, [...checkPostgresSize(request), ...checkUser(request)]),
    subject,
  );
}
