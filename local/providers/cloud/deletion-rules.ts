import type { Cloud } from "../../../plan/recording/cloud-outputs/index.ts";
import { called, CloudError } from "./cloud-error.ts";
import type { CloudRecord } from "./cloud-record.ts";
import { textsAt } from "./references/index.ts";

/** Where a type says that it must not be deleted, and what it is when nobody says anything. */
const PROTECTION: Readonly<Record<string, { readonly input: string; readonly unsaid: boolean }>> = {
  "gcp:container/cluster:Cluster": { input: "deletionProtection", unsaid: true },
  "gcp:sql/databaseInstance:DatabaseInstance": { input: "deletionProtection", unsaid: true },
  "gcp:secretmanager/secret:Secret": { input: "deletionProtection", unsaid: false },
  "aws:eks/cluster:Cluster": { input: "deletionProtection", unsaid: false },
  "aws:rds/instance:Instance": { input: "deletionProtection", unsaid: false },
  "aws:cloudwatch/logGroup:LogGroup": { input: "deletionProtectionEnabled", unsaid: false },
};

/** Refuses to delete what is protected. Protection is turned off by an update of its own. */
export function refuseProtected(cloud: Cloud, record: CloudRecord): void {
  const rule = PROTECTION[record.type];
  if (rule === undefined) return;
  const said = record.inputs[rule.input];
  if (!(typeof said === "boolean" ? said : rule.unsaid)) return;
  throw new CloudError(
    cloud,
    "protected",
    `${called(record)} is protected from deletion. Set ${rule.input} to false, update, and delete then.`,
  );
}

const LOCK = "azure-native:authorization:ManagementLockByScope";
/** What is no thing of its own: to delete it is to write the default over it, which no lock is against. */
const SETTINGS = new Set([
  "azure-native:dbforpostgresql:Configuration",
  "azure-native:storage:BlobServiceProperties",
]);

/** Refuses to delete what one of Azure's locks lies on, or on something around it. Locks themselves go. */
export function refuseLocked(
  cloud: Cloud,
  record: CloudRecord,
  others: readonly CloudRecord[],
): void {
  if (cloud !== "azure-native" || record.type === LOCK || SETTINGS.has(record.type)) return;
  const id = `${record.id.toLowerCase()}/`;
  const lock = others.find(({ type, inputs }) => {
    const { scope } = inputs;
    if (type !== LOCK || typeof scope !== "string") return false;
    return id.startsWith(`${scope.toLowerCase().replace(/\/$/, "")}/`);
  });
  if (lock === undefined) return;
  const message = `${called(record)} is locked by ${lock.id}. Take the lock away first.`;
  throw new CloudError(cloud, "protected", message);
}

/**
 * Refuses to delete a database instance whose last snapshot nobody named: AWS takes one unless told not to.
 */
export function refuseWithoutSnapshot(cloud: Cloud, { type, inputs }: CloudRecord): void {
  if (type !== "aws:rds/instance:Instance") return;
  if (inputs["skipFinalSnapshot"] === true) return;
  if (textsAt(inputs, "finalSnapshotIdentifier").length > 0) return;
  throw new CloudError(
    cloud,
    "invalid",
    "finalSnapshotIdentifier is required when skipFinalSnapshot is false.",
  );
}

/** Types of which nothing is ever really deleted: their names are not free again. */
const KEEPS_NAME = new Set([
  // Google deletes the versions of a key, and keeps key and ring.
  "gcp:kms/keyRing:KeyRing",
  "gcp:kms/cryptoKey:CryptoKey",
  // Its name is free after a week.
  "gcp:sql/databaseInstance:DatabaseInstance",
]);

/** Whether the name stays taken after a deletion. */
export function keepsName({ type, inputs }: CloudRecord): boolean {
  if (KEEPS_NAME.has(type)) return true;
  if (type !== "azure-native:keyvault:Vault") return false;
  // A vault is kept for weeks, deleted, and can be purged only where that is allowed.
  const { properties } = inputs as { properties?: { enableSoftDelete?: boolean } };
  return properties?.enableSoftDelete !== false;
}
