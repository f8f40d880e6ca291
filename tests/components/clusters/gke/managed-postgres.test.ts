import assert from "node:assert/strict";
import type { GkeClusterArgs } from "../../../../components/clusters/cloud-context.ts";
import type { ManagedPostgresRequest } from "../../../../components/core/managed-postgres.ts";
import { byName, byType, Secret, type Recording } from "../../../../plan/recording.ts";
import {
  postgresRequest,
  PROJECT,
  PROJECT_NUMBER,
  recordGke,
  RELAXED,
} from "../../../support/gke-fixtures.ts";
import { KNOWN_SECRET } from "../../../support/component-contract.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const NETWORK = `projects/${PROJECT}/global/networks/shop-prod`;
const RING = `projects/${PROJECT}/locations/europe-west1/keyRings/cluster-keys-xxxxxxx`;

const serverWith = (
  request: Partial<ManagedPostgresRequest> = {},
  more: Partial<GkeClusterArgs> = {},
) => recordGke(more, (cluster) => cluster.managedPostgres("orders", postgresRequest(request)));

const inputsOf = (recording: Recording) => byName(recording, "cluster-postgres-orders").inputs;
const settingsOf = (recording: Recording) =>
  inputsOf(recording)["settings"] as Readonly<Record<string, unknown>>;

describe("managed PostgreSQL on GKE", () => {
  it("is the smallest machine and disk that do, closed to the world, with a key of our own", async () => {
    const { recording } = await serverWith();
    assert.deepEqual(inputsOf(recording), {
      project: PROJECT,
      region: "europe-west1",
      databaseVersion: "POSTGRES_15",
      encryptionKeyName: `${RING}/cryptoKeys/postgres`,
      deletionProtection: true,
      settings: {
        tier: "db-custom-2-6144",
        edition: "ENTERPRISE",
        availabilityType: "REGIONAL",
        locationPreference: { zone: "europe-west1-b", secondaryZone: "europe-west1-c" },
        diskType: "PD_SSD",
        diskSize: 100,
        diskAutoresize: false,
        backupConfiguration: {
          enabled: true,
          startTime: "02:00",
          pointInTimeRecoveryEnabled: true,
          transactionLogRetentionDays: 7,
          backupRetentionSettings: { retainedBackups: 14, retentionUnit: "COUNT" },
        },
        retainBackupsOnDelete: true,
        finalBackupConfig: { enabled: true, retentionDays: 14 },
        maintenanceWindow: { day: 6, hour: 2, updateTrack: "stable" },
        deletionProtectionEnabled: true,
        ipConfiguration: {
          ipv4Enabled: false,
          privateNetwork: NETWORK,
          allocatedIpRange: "shop-prod-postgres",
          sslMode: "ENCRYPTED_ONLY",
          serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
        },
      },
    });
    const server = byName(recording, "cluster-postgres-orders");
    assert.deepEqual(server.ignoreChanges, ["settings.locationPreference"]);
    const before = dependencyNames(server);
    for (const name of ["cluster-postgres-connection", "cluster-key-postgres-access"]) {
      assert.ok(before.includes(name), name);
    }
    assert.equal(
      byName(recording, "cluster-key-postgres-access").inputs["member"],
      `serviceAccount:service-${PROJECT_NUMBER}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    );
  });

  it("stands in a range of the plan, joined to Google's network by what nobody can take away", async () => {
    const { recording } = await serverWith();
    assert.deepEqual(byName(recording, "cluster-postgres-range").inputs, {
      project: PROJECT,
      name: "shop-prod-postgres",
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address: "10.96.4.0",
      prefixLength: 22,
      network: NETWORK,
    });
    assert.deepEqual(byName(recording, "cluster-postgres-connection").inputs, {
      network: NETWORK,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: ["shop-prod-postgres"],
      deletionPolicy: "ABANDON",
    });
  });

  it("has its databases, and a user who comes after them", async () => {
    const { recording } = await serverWith({ databases: ["orders", "stock"] });
    const databases = byType(recording, "gcp:sql/database:Database");
    assert.deepEqual(
      databases.map(({ inputs }) => [inputs["name"], inputs["charset"], inputs["collation"]]),
      [
        ["orders", "UTF8", "en_US.UTF8"],
        ["stock", "UTF8", "en_US.UTF8"],
      ],
    );
    const user = byName(recording, "cluster-postgres-orders-user");
    const { name, type, password, deletionPolicy } = user.inputs;
    assert.deepEqual(
      { name, type, deletionPolicy },
      { name: "shop", type: "BUILT_IN", deletionPolicy: "ABANDON" },
    );
    assert.deepEqual(password, new Secret(KNOWN_SECRET));
    assert.ok(dependencyNames(user).includes("cluster-postgres-orders-database-stock"));
  });

  it("says where it answers before it is there, and what to wait for", async () => {
    const { used } = await serverWith();
    assert.deepEqual(used.peers, [
      { cidr: "10.96.4.0/22", ports: [{ port: 5432, protocol: "TCP" }] },
    ]);
    assert.deepEqual([used.port, used.adminUser, used.ready.length], [5432, "shop", 3]);
    assert.ok(used.caCertificate);
  });

  it("is protected while it is to be retained, by the engine and by Google", async () => {
    const protectedOf = (recording: Recording) =>
      recording.resources
        .filter(({ name, protect }) => name.startsWith("cluster-postgres-") && protect)
        .map(({ name }) => name)
        .toSorted();
    assert.deepEqual(protectedOf((await serverWith()).recording), [
      "cluster-postgres-orders",
      "cluster-postgres-orders-database-orders",
    ]);
    const free = (await serverWith({ retain: false })).recording;
    assert.deepEqual(protectedOf(free), []);
    assert.equal(inputsOf(free)["deletionProtection"], false);
    assert.equal(settingsOf(free)["deletionProtectionEnabled"], false);
    // What Google keeps of it hangs on the cluster.
    assert.equal(settingsOf(free)["retainBackupsOnDelete"], true);
    const gone = (await serverWith({ retain: false }, RELAXED)).recording;
    assert.equal(settingsOf(gone)["retainBackupsOnDelete"], undefined);
    assert.equal(settingsOf(gone)["finalBackupConfig"], undefined);
  });

  it("has no stand-by and keeps fewer changes where that is enough", async () => {
    const { recording } = await serverWith({ highlyAvailable: false, backupDays: 3 });
    const settings = settingsOf(recording);
    assert.equal(settings["availabilityType"], "ZONAL");
    assert.deepEqual(settings["locationPreference"], { zone: "europe-west1-b" });
    const backup = settings["backupConfiguration"] as Record<string, unknown>;
    assert.equal(backup["transactionLogRetentionDays"], 3);
    assert.deepEqual(backup["backupRetentionSettings"], {
      retainedBackups: 3,
      retentionUnit: "COUNT",
    });
  });

  it("shares key and way with the next server, and makes neither before the first", async () => {
    const { recording } = await recordGke({}, (cluster) => {
      cluster.managedPostgres("orders", postgresRequest());
      cluster.managedPostgres("stock", postgresRequest());
    });
    const types = [
      "servicenetworking/connection:Connection",
      "compute/globalAddress:GlobalAddress",
    ];
    for (const type of types) assert.equal(byType(recording, `gcp:${type}`).length, 1);
    assert.equal(byType(recording, "gcp:sql/databaseInstance:DatabaseInstance").length, 2);
    const none = await recordGke();
    for (const type of types) assert.equal(byType(none.recording, `gcp:${type}`).length, 0);
  });

  it("refuses what Google does not have, and makes nothing of it", async () => {
    await assert.rejects(
      serverWith({ size: { cpu: "120", memory: "6Gi" }, storage: "100Ti", adminUser: "postgres" }),
      {
        message: [
          "Invalid arguments:",
          "1. managedPostgres(orders).size: got cpu 120, memory 6Gi, expected at most 96 cpu and " +
            "624Gi. Ask for less.",
          "2. managedPostgres(orders).storage: got 100Ti, expected at most 65536Gi. Ask for less.",
          '3. managedPostgres(orders).adminUser: got "postgres", expected none of postgres, ' +
            "cloudsqladmin, cloudsqlagent, cloudsqlsuperuser, and nothing that begins with pg_ or " +
            "cloudsql. Choose another name.",
        ].join("\n"),
      },
    );
  });
});
