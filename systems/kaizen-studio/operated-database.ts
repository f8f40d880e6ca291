import type { Guard } from "../../components/core/guard.ts";
import {
  operatedConnections,
  type Connection,
  type GeneratedSecrets,
  type PostgresArchive,
  type PostgresArgs,
} from "../../components/workloads/index.ts";
import type { KaizenStudioArgs } from "./args.ts";
import { DATA_STORES, DATABASE, NAMES } from "./names.ts";
import type { KaizenStudioSettings } from "./settings.ts";

/** Servers of the database: three, so that one may be lost while another is; one where that is allowed. */
export const serversOf = (guard: Guard): number => (guard === "strict" ? 3 : 1);

type Place = Pick<KaizenStudioArgs, "settings" | "capabilities">;

/** The database's archive, beside its dumps in the cluster's object store, where there is one (D-91). */
function archiveOf({ settings, capabilities }: Place): PostgresArchive | undefined {
  const { backupDestination: objectStore, backupPeers: peers = [] } = capabilities;
  if (objectStore === undefined) return undefined;
  const { schedule, keepDays } = settings.backup;
  const folder = `${settings.namespace}/${DATA_STORES.postgres}-archive`;
  return { store: { objectStore, folder, peers }, schedule, keepDays };
}

/** The database that the platform's operator runs, where the stack wants that (E-53). */
export function operatedDatabase(args: KaizenStudioArgs, { source, values }: GeneratedSecrets) {
  const { settings, guard, capabilities, storageClasses, databaseIdentity } = args;
  const { mode, storage, resources } = settings.postgres;
  const passwordValue = values["postgres-password"];
  const operator = capabilities.postgresOperator;
  if (mode !== "cnpg" || operator === undefined || passwordValue === undefined) return undefined;
  const archive = archiveOf(args);
  return {
    mode,
    operator,
    serviceName: NAMES.postgresService,
    user: DATABASE.user,
    password: { source, key: "postgres-password" },
    passwordValue,
    volume: { size: storage, storageClass: storageClasses.fastSsd },
    resources,
    instances: serversOf(guard),
    ...(archive === undefined ? {} : { archive }),
    ...(databaseIdentity === undefined ? {} : { workloadIdentity: databaseIdentity }),
  } as const satisfies Partial<PostgresArgs>;
}

/** What its servers have to reach, and who has to reach them, callers apart. */
export function operatedEdges(
  settings: KaizenStudioSettings,
  capabilities: KaizenStudioArgs["capabilities"],
): Connection[] {
  const { postgresOperator: operator, networkPeers } = capabilities;
  if (settings.postgres.mode !== "cnpg" || operator === undefined) return [];
  const archive = archiveOf({ settings, capabilities });
  return operatedConnections({
    component: DATA_STORES.postgres,
    operator,
    monitoring: networkPeers.monitoring,
    ...(archive === undefined ? {} : { archive: archive.store.peers }),
  });
}
