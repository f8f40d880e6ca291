import assert from "node:assert/strict";
import { lifecycleRules } from "../../../../components/clusters/aks/object-stores.ts";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { recordAks, RELAXED, SUBSCRIPTION } from "../../../support/aks-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const ROLE = "azure-native:authorization:RoleAssignment";
const LOCK = "azure-native:authorization:ManagementLockByScope";
const DATA = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod-data`;

/** What holds data, and what data cannot be read without. */
const KEPT = [
  "cluster-data-group",
  "cluster-data-identity",
  "cluster-data-identity-uses-keys",
  "cluster-key-etcd",
  "cluster-key-postgres",
  "cluster-key-storage",
  "cluster-keys",
  "cluster-store-backups",
  "cluster-store-backups-container",
  "cluster-store-backups-lifecycle",
  "cluster-store-backups-versions",
  "cluster-store-logs",
  "cluster-store-logs-container",
  "cluster-store-logs-lifecycle",
  "cluster-store-logs-versions",
  "cluster-volumes-group",
];

const names = (recording: Recording, which: "protect" | "retainOnDelete") =>
  recording.resources
    .filter((resource) => resource[which])
    .map(({ name }) => name)
    .toSorted();

describe("what may outlive a cluster on AKS", () => {
  let recording: Recording;

  before(async () => {
    ({ recording } = await recordAks());
  });

  it("is retained and protected, and the cluster is protected alone", () => {
    assert.deepEqual(names(recording, "retainOnDelete"), KEPT);
    assert.deepEqual(names(recording, "protect"), ["cluster-aks", ...KEPT]);
  });

  it("stands in a group of its own, which the deletion of the other does not touch", () => {
    const kept = recording.resources.filter(
      ({ retainOnDelete, inputs }) => retainOnDelete && inputs["resourceGroupName"] !== undefined,
    );
    assert.ok(kept.length > 10);
    assert.deepEqual(
      new Set(kept.map(({ inputs }) => inputs["resourceGroupName"])),
      new Set(["shop-prod-data", "shop-prod-volumes"]),
    );
    const others = recording.resources.filter(
      ({ retainOnDelete, inputs }) =>
        !retainOnDelete && inputs["resourceGroupName"] === "shop-prod-data",
    );
    assert.deepEqual(others, []);
  });

  it("cannot be deleted by anybody in Azure while it is protected", () => {
    const locks = byType(recording, LOCK).map(({ inputs }) => [inputs["scope"], inputs["level"]]);
    assert.deepEqual(locks.toSorted(), [
      [`${DATA}/providers/Microsoft.Storage/storageAccounts/${account("backups")}`, "CanNotDelete"],
      [`${DATA}/providers/Microsoft.Storage/storageAccounts/${account("logs")}`, "CanNotDelete"],
      [
        `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod/providers/Microsoft.ContainerService/managedClusters/shop-prod`,
        "CanNotDelete",
      ],
    ]);
  });

  it("is nothing where neither protection nor retained data is asked for", async () => {
    const relaxed = (await recordAks(RELAXED)).recording;
    assert.deepEqual(names(relaxed, "protect"), []);
    // Azure makes and deletes it with its account, so the program does not.
    assert.deepEqual(names(relaxed, "retainOnDelete"), [
      "cluster-store-backups-versions",
      "cluster-store-logs-versions",
    ]);
    assert.deepEqual(byType(relaxed, LOCK), []);
  });

  const account = (purpose: string) =>
    String(byName(recording, `cluster-store-${purpose}`).inputs["accountName"]);

  it("is the volumes as well, but for those that are to go with their claim", async () => {
    const classes = byType(recording, "kubernetes:storage.k8s.io/v1:StorageClass");
    assert.equal(classes.length, 2);
    for (const { inputs } of classes) {
      const { resourceGroup } = inputs["parameters"] as Record<string, unknown>;
      assert.equal(resourceGroup, "shop-prod-volumes");
    }
    const right = byName(recording, "cluster-control-plane-manages-volumes").inputs;
    assert.match(String(right["scope"]), /resourceGroups\/shop-prod-volumes$/);
    assert.ok(
      dependencyNames(byName(recording, "cluster-aks")).includes(
        "cluster-control-plane-manages-volumes",
      ),
    );
    const going = await recordAks({ storage: { reclaimPolicy: "Delete", rwx: false } });
    assert.equal(byName(going.recording, "cluster-volumes-group").retainOnDelete, false);
  });

  describe("keys", () => {
    it("are in a vault that nobody reaches from outside and nobody can empty for good", () => {
      assert.deepEqual(byName(recording, "cluster-keys").inputs["properties"], {
        tenantId: "22222222-2222-4222-8222-222222222222",
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        enablePurgeProtection: true,
        softDeleteRetentionInDays: 90,
        publicNetworkAccess: "Disabled",
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
        // The SDK's own.
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
      });
      assert.equal(byName(recording, "cluster-keys").inputs["vaultName"], undefined);
    });

    it("rotate every year", () => {
      for (const key of byType(recording, "azure-native:keyvault:Key")) {
        assert.deepEqual(key.inputs["properties"], {
          kty: "RSA",
          keySize: 3072,
          rotationPolicy: {
            lifetimeActions: [
              { trigger: { timeAfterCreate: "P365D" }, action: { type: "rotate" } },
            ],
          },
        });
      }
    });

    it("open to the control plane and to what stores data, each by the least role there is", () => {
      const vault = `${DATA}/providers/Microsoft.KeyVault/vaults/cluster-keysxxxxxxxx`;
      const roles = byType(recording, ROLE)
        .filter(({ inputs }) => inputs["scope"] === vault)
        .map(({ name, inputs }) => [name, String(inputs["roleDefinitionId"]).split("/").at(-1)]);
      assert.deepEqual(roles.toSorted(), [
        ["cluster-control-plane-manages-keys", "12338af0-0e69-4776-bea7-57ae8d297424"],
        ["cluster-control-plane-manages-vault", "f25e0fa2-a7c8-4377-a976-54943a77a395"],
        ["cluster-data-identity-uses-keys", "e147488a-f6f5-4113-8e2d-b22465e65bf6"],
      ]);
    });
  });

  describe("object stores", () => {
    it("let nobody in without a role, and encrypt with a key of our own", () => {
      for (const purpose of ["backups", "logs"]) {
        const store = byName(recording, `cluster-store-${purpose}`);
        const { encryption, identity, ...rest } = store.inputs;
        assert.deepEqual(
          Object.fromEntries(
            Object.entries(rest).filter(([key]) => /allow|Tls|Https|OAuth|sku|kind/.test(key)),
          ),
          {
            kind: "StorageV2",
            sku: { name: "Standard_ZRS" },
            allowBlobPublicAccess: false,
            allowSharedKeyAccess: false,
            allowCrossTenantReplication: false,
            defaultToOAuthAuthentication: true,
            enableHttpsTrafficOnly: true,
            minimumTlsVersion: "TLS1_2",
          },
        );
        const data = byName(recording, "cluster-data-identity").inputs["resourceName"];
        const id = `${DATA}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${String(data)}`;
        assert.deepEqual(identity, { type: "UserAssigned", userAssignedIdentities: [id] });
        assert.deepEqual(encryption, {
          keySource: "Microsoft.Keyvault",
          keyVaultProperties: {
            keyName: "storage",
            keyVaultUri: "https://cluster-keysxxxxxxxx.vault.azure.net/",
          },
          encryptionIdentity: { encryptionUserAssignedIdentity: id },
          services: { blob: { enabled: true, keyType: "Account" } },
        });
        assert.ok(dependencyNames(store).includes("cluster-data-identity-uses-keys"));
        const container = byName(recording, `cluster-store-${purpose}-container`).inputs;
        assert.deepEqual(
          [container["containerName"], container["publicAccess"]],
          [purpose, "None"],
        );
      }
    });

    it("are closed to the internet; that of the logs opens to Azure's own flow logs", () => {
      const access = (purpose: string) => {
        const { publicNetworkAccess, networkRuleSet } = byName(
          recording,
          `cluster-store-${purpose}`,
        ).inputs;
        return [publicNetworkAccess, networkRuleSet];
      };
      assert.deepEqual(access("backups"), ["Disabled", { defaultAction: "Deny", bypass: "None" }]);
      assert.deepEqual(access("logs"), [
        "Enabled",
        { defaultAction: "Deny", bypass: "AzureServices" },
      ]);
    });

    it("have an address in the network, and their names lead to it", () => {
      for (const purpose of ["backups", "logs"]) {
        const endpoint = byName(recording, `cluster-endpoint-${purpose}`).inputs;
        assert.deepEqual(endpoint["privateLinkServiceConnections"], [
          {
            name: purpose,
            privateLinkServiceId: `${DATA}/providers/Microsoft.Storage/storageAccounts/${account(purpose)}`,
            groupIds: ["blob"],
          },
        ]);
        assert.match(JSON.stringify(endpoint["subnet"]), /subnets\/endpoints"/);
      }
      assert.equal(
        byName(recording, "cluster-zone-blob").inputs["privateZoneName"],
        "privatelink.blob.core.windows.net",
      );
    });

    it("keep old versions for a while, and logs for as long as the settings say", () => {
      const versions = (days: number) => ({
        name: "old-versions",
        type: "Lifecycle",
        enabled: true,
        definition: {
          filters: { blobTypes: ["blockBlob"] },
          actions: { version: { delete: { daysAfterCreationGreaterThan: days } } },
        },
      });
      assert.deepEqual(lifecycleRules("backups", 90), [versions(30)]);
      assert.deepEqual(byName(recording, "cluster-store-logs-lifecycle").inputs["policy"], {
        rules: [
          versions(7),
          {
            name: "old-logs",
            type: "Lifecycle",
            enabled: true,
            definition: {
              filters: { blobTypes: ["blockBlob"] },
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 90 } } },
            },
          },
        ],
      });
      for (const purpose of ["backups", "logs"]) {
        const { isVersioningEnabled } = byName(
          recording,
          `cluster-store-${purpose}-versions`,
        ).inputs;
        assert.equal(isVersioningEnabled, true);
      }
    });

    it("are named in the handle by container and endpoint, plainly and before they are there", async () => {
      const { handle } = await recordAks();
      const store = (purpose: string) => ({
        api: "azblob",
        bucket: purpose,
        region: "westeurope",
        endpoint: `https://${account(purpose)}.blob.core.windows.net`,
      });
      assert.deepEqual(handle.objectStores, { backups: store("backups"), logs: store("logs") });
      for (const purpose of ["backups", "logs"]) {
        assert.match(account(purpose), /^[a-z0-9]{3,24}$/);
      }
      const elsewhere = await recordAks({ subscription: "77777777-7777-4777-8777-777777777777" });
      assert.notEqual(
        byName(elsewhere.recording, "cluster-store-backups").inputs["accountName"],
        account("backups"),
      );
    });

    it("have their copies in one zone where the cluster has one", async () => {
      const small = (await recordAks({ ...RELAXED, zones: ["2"] })).recording;
      assert.deepEqual(byName(small, "cluster-store-backups").inputs["sku"], {
        name: "Standard_LRS",
      });
    });
  });

  describe("logs of the control plane", () => {
    it("go to a workspace that is there before the cluster and keeps them", async () => {
      const workspace = byName(recording, "cluster-logs").inputs;
      assert.equal(workspace["retentionInDays"], 90);
      const short = await recordAks({ ...RELAXED, logRetentionDays: 7 });
      assert.equal(byName(short.recording, "cluster-logs").inputs["retentionInDays"], 30);
    });

    it("are those of who changed what, who was let in, and why nodes came and went", () => {
      const setting = byName(recording, "cluster-logs-setting").inputs;
      assert.equal(
        setting["resourceUri"],
        byType(recording, LOCK)
          .map(({ inputs }) => inputs["scope"])
          .find((scope) => String(scope).includes("managedClusters")),
      );
      assert.equal(setting["logAnalyticsDestinationType"], "Dedicated");
      assert.deepEqual(
        setting["logs"],
        ["kube-audit-admin", "guard", "cluster-autoscaler", "kube-controller-manager"].map(
          (category) => ({ category, enabled: true }),
        ),
      );
    });
  });
});
