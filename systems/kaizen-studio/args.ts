import type { StorageClasses } from "../../components/core/cluster-handle.ts";
import type { CreateManagedPostgres } from "../../components/core/managed-postgres.ts";
import type { Guard } from "../../components/core/guard.ts";
import type { PlatformCapabilities } from "../../components/core/platform-capabilities.ts";
import type { WorkloadIdentity } from "../../components/core/workload-identity.ts";
import type { StoreName } from "./names.ts";
import type { KaizenStudioSecrets, KaizenStudioSettings } from "./settings.ts";

/** What Kaizen Studio is made from. */
export interface KaizenStudioArgs {
  readonly settings: KaizenStudioSettings;
  readonly secrets: KaizenStudioSecrets;
  readonly guard: Guard;
  readonly capabilities: PlatformCapabilities;
  /** The data stores are on the fast one, their backups on the standard one. */
  readonly storageClasses: StorageClasses;
  /** Address of the folder of runbooks, without a slash at its end. */
  readonly runbooks: string;
  /** As the cluster gives it; asked for one server in mode managed. @default the cluster runs none */
  readonly managedPostgres?: CreateManagedPostgres;
  /** Who the backups are to the cloud, by data store. @default nobody, as where there is no object store */
  readonly backupIdentities?: Readonly<Record<StoreName, WorkloadIdentity>>;
  /** Who the servers of an operated database are to the cloud. @default nobody, as above */
  readonly databaseIdentity?: WorkloadIdentity;
}
