import { Key } from "@pulumi/azure-native/keyvault/key.js";
import { Vault } from "@pulumi/azure-native/keyvault/vault.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksPlace } from "./place.ts";
import { grantRole } from "./roles.ts";

/** Days for which a deleted vault or key can be brought back, the most that Azure offers. */
const SOFT_DELETE_DAYS = 90;
/** A key gets a new version after a year; data under an older one stays readable. */
const ROTATION = "P365D";
const KEY_BITS = 3072;

/** Keys of our own for what the cloud stores. */
export interface AksKeys {
  readonly vault: Vault;
  /** Encrypts what the API server stores. */
  readonly etcd: Key;
  /** Encrypts the object stores. */
  readonly storage: Key;
  /** Encrypts managed PostgreSQL. */
  readonly postgres: Key;
  /** The identity that storage and databases use their key through. */
  readonly dataIdentity: UserAssignedIdentity;
  /** That identity's right to the keys: whatever uses them waits for it. */
  readonly dataAccess: pulumi.Resource;
}

/**
 * Makes the vault and its keys. Nobody reaches the vault from the internet, and neither vault nor key can
 * be destroyed for good before the days are over, not even on purpose.
 */
export function aksKeys(place: AksPlace): AksKeys {
  const { name, args, data, keeping } = place;
  // Its name is drawn by the engine: one that was deleted blocks its own for 90 days.
  const vault = new Vault(
    `${name}-keys`,
    {
      ...data,
      properties: {
        tenantId: args.tenant,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        enablePurgeProtection: true,
        softDeleteRetentionInDays: SOFT_DELETE_DAYS,
        publicNetworkAccess: "Disabled",
        // Storage and PostgreSQL come by Azure's own way; the cluster through a private one.
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
      },
    },
    keeping(),
  );
  const key = (purpose: string) =>
    new Key(
      `${name}-key-${purpose}`,
      {
        resourceGroupName: data.resourceGroupName,
        tags: data.tags,
        vaultName: vault.name,
        keyName: purpose,
        properties: {
          kty: "RSA",
          keySize: KEY_BITS,
          rotationPolicy: {
            lifetimeActions: [
              { trigger: { timeAfterCreate: ROTATION }, action: { type: "rotate" } },
            ],
          },
        },
      },
      keeping(),
    );
  const dataIdentity = new UserAssignedIdentity(
    `${name}-data-identity`,
    { ...data, resourceName: `${args.name}-data` },
    keeping(),
  );
  return {
    vault,
    etcd: key("etcd"),
    storage: key("storage"),
    postgres: key("postgres"),
    dataIdentity,
    dataAccess: grantRole(
      place,
      `${name}-data-identity-uses-keys`,
      {
        role: "Key Vault Crypto Service Encryption User",
        principalId: dataIdentity.principalId,
        principalType: "ServicePrincipal",
        scope: vault.id,
      },
      // Without it what is retained could not be read.
      { protect: args.deletionProtection, retainOnDelete: args.retainData },
    ),
  };
}
