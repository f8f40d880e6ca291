import assert from "node:assert/strict";
import type { AksClusterArgs } from "../../../../components/clusters/cloud-context.ts";
import type { ManagedPostgresRequest } from "../../../../components/core/managed-postgres.ts";
import { byName, byType, Secret, type Recording } from "../../../../plan/recording.ts";
import {
  postgresRequest,
  recordAks,
  recordAksWith,
  RELAXED,
  SUBSCRIPTION,
} from "../../../support/aks-fixtures.ts";
import { KNOWN_SECRET } from "../../../support/component-contract.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const DATA = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod-data`;
const NETWORK = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod/providers/Microsoft.Network`;

const serverWith = (
  request: Partial<ManagedPostgresRequest> = {},
  more: Partial<AksClusterArgs> = {},
) => recordAksWith(more, (cluster) => cluster.managedPostgres("orders", postgresRequest(request)));

const inputsOf = (recording: Recording) => byName(recording, "cluster-postgres-orders").inputs;

describe("managed PostgreSQL on AKS", () => {
  it("is the smallest machine and disk that do, closed to the world, with a key of our own", async () => {
    const { recording } = await serverWith();
    const { administratorLoginPassword, serverName, dataEncryption, identity, tags, ...rest } =
      inputsOf(recording);
    assert.deepEqual(tags, { cluster: "shop-prod", "managed-by": "slipway" });
    assert.deepEqual(administratorLoginPassword, new Secret(KNOWN_SECRET));
    assert.match(String(serverName), /^shop-prod-orders-[0-9a-f]{6}$/);
    const data = `${DATA}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shop-prod-data`;
    assert.deepEqual(identity, { type: "UserAssigned", userAssignedIdentities: { [data]: {} } });
    assert.deepEqual(dataEncryption, {
      type: "AzureKeyVault",
      primaryKeyURI: byName(recording, "cluster-key-postgres").outputs["keyUriWithVersion"],
      primaryUserAssignedIdentityId: data,
    });
    assert.deepEqual(rest, {
      resourceGroupName: "shop-prod",
      location: "westeurope",
      version: "15",
      sku: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
      storage: { storageSizeGB: 128, autoGrow: "Disabled" },
      administratorLogin: "shop",
      authConfig: { passwordAuth: "Enabled", activeDirectoryAuth: "Disabled", tenantId: "" },
      backup: { backupRetentionDays: 14, geoRedundantBackup: "Disabled" },
      availabilityZone: "1",
      highAvailability: { mode: "ZoneRedundant", standbyAvailabilityZone: "2" },
      // Azure counts from Sunday.
      maintenanceWindow: { customWindow: "Enabled", dayOfWeek: 6, startHour: 2, startMinute: 0 },
      network: {
        delegatedSubnetResourceId: `${NETWORK}/virtualNetworks/shop-prod/subnets/postgres`,
        privateDnsZoneArmResourceId: `${NETWORK}/privateDnsZones/shop-prod.private.postgres.database.azure.com`,
        publicNetworkAccess: "Disabled",
      },
    });
  });

  it("takes encrypted connections alone, and makes the databases after that", async () => {
    const { recording } = await serverWith({ databases: ["orders", "stock"] });
    const { configurationName, value } = byName(
      recording,
      "cluster-postgres-orders-encrypted-connections",
    ).inputs;
    assert.deepEqual([configurationName, value], ["require_secure_transport", "on"]);
    const databases = byType(recording, "azure-native:dbforpostgresql:Database");
    assert.deepEqual(
      databases.map(({ inputs }) => [inputs["databaseName"], inputs["charset"]]).toSorted(),
      [
        ["orders", "UTF8"],
        ["stock", "UTF8"],
      ],
    );
    const [first] = databases;
    assert.ok(
      first && dependencyNames(first).includes("cluster-postgres-orders-encrypted-connections"),
    );
  });

  it("comes after its key and the zone of its name, which all servers share", async () => {
    const { recording } = await recordAksWith({}, (cluster) => {
      cluster.managedPostgres("orders", postgresRequest());
      cluster.managedPostgres("stock", postgresRequest());
    });
    const before = dependencyNames(byName(recording, "cluster-postgres-stock"));
    assert.ok(before.includes("cluster-data-identity-uses-keys"));
    assert.ok(before.includes("cluster-zone-link-postgres"));
    assert.equal(
      byType(recording, "azure-native:privatedns:PrivateZone").filter(
        ({ name }) => name === "cluster-zone-postgres",
      ).length,
      1,
    );
  });

  it("is not there, nor its zone, where nobody asks for it", async () => {
    const { recording } = await recordAks();
    assert.deepEqual(byType(recording, "azure-native:dbforpostgresql:Server"), []);
    assert.equal(
      recording.resources.some(({ name }) => name === "cluster-zone-postgres"),
      false,
    );
  });

  it("is protected by engine and cloud where it is to be retained, with its databases", async () => {
    const kept = (await serverWith({ retain: true })).recording;
    const gone = (await serverWith({ retain: false }, RELAXED)).recording;
    for (const name of ["cluster-postgres-orders", "cluster-postgres-orders-database-orders"]) {
      assert.equal(byName(kept, name).protect, true);
      assert.equal(byName(gone, name).protect, false);
    }
    assert.match(
      String(byName(kept, "cluster-lock-postgres-orders").inputs["scope"]),
      /flexibleServers\/shop-prod-orders-[0-9a-f]{6}$/,
    );
    assert.equal(
      gone.resources.some(({ name }) => name.startsWith("cluster-lock-")),
      false,
    );
  });

  it("ignores what a failover changes, and nothing else", async () => {
    const { recording } = await serverWith();
    assert.deepEqual(byName(recording, "cluster-postgres-orders").ignoreChanges, [
      "availabilityZone",
      "highAvailability.standbyAvailabilityZone",
    ]);
  });

  it("has its stand-by in the same zone where there is one zone, and none where none is wanted", async () => {
    const alone = await serverWith({}, { ...RELAXED, zones: ["2"] });
    assert.deepEqual(inputsOf(alone.recording)["highAvailability"], {
      mode: "SameZone",
      // The SDK's own.
      standbyAvailabilityZone: "",
    });
    const single = await serverWith({ highlyAvailable: false });
    assert.deepEqual(inputsOf(single.recording)["highAvailability"], {
      mode: "Disabled",
      standbyAvailabilityZone: "",
    });
  });

  it("keeps backups for as long as Azure does at least", async () => {
    const { recording } = await serverWith({ backupDays: 1 });
    assert.deepEqual(inputsOf(recording)["backup"], {
      backupRetentionDays: 7,
      geoRedundantBackup: "Disabled",
    });
  });

  it("says how pods reach it", async () => {
    const { used } = await serverWith();
    assert.equal(used.port, 5432);
    assert.equal(used.adminUser, "shop");
    assert.equal(used.caCertificate, undefined);
    assert.deepEqual(used.peers, [
      {
        cidr: "10.96.0.64/26",
        ports: [
          { port: 5432, protocol: "TCP" },
          { port: 6432, protocol: "TCP" },
        ],
      },
    ]);
    assert.equal(used.ready.length, 3);
  });

  it("refuses names that Azure keeps and sizes that it has not, and shows no password", async () => {
    await assert.rejects(
      serverWith({ adminUser: "pg_shop", size: { cpu: "2", memory: "200Gi" } }),
      (error: Error) => {
        assert.equal(
          error.message,
          "Invalid arguments:\n" +
            "1. managedPostgres(orders).size: got cpu 2, memory 200Gi, expected at most 32 cpu and " +
            "128Gi. Ask for less.\n" +
            '2. managedPostgres(orders).adminUser: got "pg_shop", expected none of azure_superuser, ' +
            "azure_pg_admin, admin, administrator, root, guest, public, and nothing that begins with " +
            "pg_. Choose another name.",
        );
        return true;
      },
    );
  });
});
