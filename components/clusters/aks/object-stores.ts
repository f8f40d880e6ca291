import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer.js";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties.js";
import { ManagementPolicy } from "@pulumi/azure-native/storage/managementPolicy.js";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, ObjectStore } from "../../core/cluster-handle.ts";
import { blobEndpoint, CONTAINERS } from "./aks-names.ts";
import { deletionLock } from "./deletion-lock.ts";
import type { AksKeys } from "./keys.ts";
import type { AksNetwork } from "./network.ts";
import type { AksPlace } from "./place.ts";
import { privateEndpoint } from "./private-endpoint.ts";
import { linkedZone, type LinkedZone } from "./private-zone.ts";

type Purpose = keyof typeof CONTAINERS;

/** One storage account with its container. */
export interface AksStore {
  readonly account: StorageAccount;
  readonly container: BlobContainer;
}

/** The stores, and what has to be there for pods to reach them. */
export interface AksStores {
  readonly byPurpose: Readonly<Record<Purpose, AksStore>>;
  readonly ready: readonly pulumi.Resource[];
}

/** Days for which what was deleted or overwritten can be brought back. */
const KEPT_DAYS = { backups: 30, logs: 7 } as const;

/** The stores as the contract names them: the account is the first part of the endpoint's host. */
export function objectStores({
  args,
  names,
}: Pick<AksPlace, "args" | "names">): Required<ClusterHandle["objectStores"]> {
  const store = (bucket: string, account: string): ObjectStore => ({
    api: "azblob",
    bucket,
    region: args.region,
    endpoint: blobEndpoint(account),
  });
  return {
    backups: store(CONTAINERS.backups, names.backupsAccount),
    logs: store(CONTAINERS.logs, names.logsAccount),
  };
}

/** Makes the stores for backups and logs, reached from inside the network alone. */
export function createObjectStores(place: AksPlace, network: AksNetwork, keys: AksKeys): AksStores {
  const zone = linkedZone(place, network.network, "blob", "privatelink.blob.core.windows.net");
  const backups = store(place, "backups", network, keys);
  const logs = store(place, "logs", network, keys);
  return {
    byPurpose: { backups, logs },
    ready: [
      reachable(place, network, zone, "backups", backups),
      reachable(place, network, zone, "logs", logs),
    ],
  };
}

function store(place: AksPlace, purpose: Purpose, network: AksNetwork, keys: AksKeys): AksStore {
  const { name, args, data, keeping } = place;
  const account = storageAccount(place, purpose, network, keys);
  const { resourceGroupName } = data;
  const properties = new BlobServiceProperties(
    `${name}-store-${purpose}-versions`,
    {
      resourceGroupName,
      accountName: account.name,
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: KEPT_DAYS[purpose] },
      containerDeleteRetentionPolicy: { enabled: true, days: KEPT_DAYS[purpose] },
    },
    // Azure has it with every account and deletes it with the account.
    keeping({ retainOnDelete: true }),
  );
  new ManagementPolicy(
    `${name}-store-${purpose}-lifecycle`,
    {
      resourceGroupName,
      accountName: account.name,
      managementPolicyName: "default",
      policy: { rules: lifecycleRules(purpose, args.logRetentionDays) },
    },
    keeping({ dependsOn: [properties] }),
  );
  const container = new BlobContainer(
    `${name}-store-${purpose}-container`,
    {
      resourceGroupName,
      accountName: account.name,
      containerName: CONTAINERS[purpose],
      publicAccess: "None",
    },
    keeping({ dependsOn: [properties] }),
  );
  if (args.deletionProtection) deletionLock(place, purpose, account.id);
  return { account, container };
}

function storageAccount(
  place: AksPlace,
  purpose: Purpose,
  network: AksNetwork,
  keys: AksKeys,
): StorageAccount {
  const { name, args, names, data, keeping } = place;
  return new StorageAccount(
    `${name}-store-${purpose}`,
    {
      ...data,
      accountName: purpose === "backups" ? names.backupsAccount : names.logsAccount,
      kind: "StorageV2",
      // Copies in three zones, or three copies in one. Azure cannot turn one into the other in place, so
      // it hangs on the zones, which change with the cluster alone.
      sku: { name: args.zones.length >= 3 ? "Standard_ZRS" : "Standard_LRS" },
      accessTier: "Hot",
      ...CLOSED_ACCOUNT,
      ...networkAccess(purpose),
      identity: { type: "UserAssigned", userAssignedIdentities: [keys.dataIdentity.id] },
      encryption: {
        keySource: "Microsoft.Keyvault",
        // No version: storage takes the newest by itself.
        keyVaultProperties: {
          keyName: keys.storage.name,
          keyVaultUri: keys.vault.properties.vaultUri,
        },
        encryptionIdentity: { encryptionUserAssignedIdentity: keys.dataIdentity.id },
        services: { blob: { enabled: true, keyType: "Account" } },
      },
    },
    // The right to the key takes a minute until all of Azure knows it; the subnets take that long.
    keeping({ dependsOn: [keys.dataAccess, ...network.nodes.values()] }),
  );
}

/** Nobody without a role in Entra ID gets in, whatever key or link they hold. */
const CLOSED_ACCOUNT = {
  allowBlobPublicAccess: false,
  allowSharedKeyAccess: false,
  defaultToOAuthAuthentication: true,
  allowCrossTenantReplication: false,
  enableHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_2",
};

/** Flow logs come from Azure's own network, which may not be shut out of the one account. */
function networkAccess(purpose: Purpose) {
  return purpose === "backups"
    ? {
        publicNetworkAccess: "Disabled",
        networkRuleSet: { defaultAction: "Deny" as const, bypass: "None" },
      }
    : {
        publicNetworkAccess: "Enabled",
        networkRuleSet: { defaultAction: "Deny" as const, bypass: "AzureServices" },
      };
}

/** When Azure itself deletes: old versions of everything, and logs that are old enough. */
export function lifecycleRules(purpose: Purpose, logRetentionDays: number) {
  const definition = (actions: object) => ({
    filters: { blobTypes: ["blockBlob"] },
    actions,
  });
  const versions = {
    name: "old-versions",
    type: "Lifecycle",
    enabled: true,
    definition: definition({
      version: { delete: { daysAfterCreationGreaterThan: KEPT_DAYS[purpose] } },
    }),
  };
  if (purpose === "backups") return [versions];
  const expired = {
    name: "old-logs",
    type: "Lifecycle",
    enabled: true,
    definition: definition({
      baseBlob: { delete: { daysAfterModificationGreaterThan: logRetentionDays } },
    }),
  };
  return [versions, expired];
}

function reachable(
  place: AksPlace,
  network: AksNetwork,
  zone: LinkedZone,
  purpose: Purpose,
  { account }: AksStore,
): pulumi.Resource {
  return privateEndpoint(place, network, zone, { purpose, serviceId: account.id, part: "blob" });
}
