import {
  backupAlerts,
  httpAlerts,
  namespaceAlerts,
  postgresAlerts,
  redisAlerts,
  type AlertRule,
} from "../../components/workloads/index.ts";
import { BACKUPS, DATA_STORES, NAMES } from "./names.ts";
import type { KaizenStudioSettings } from "./settings.ts";

/** What decides the alerts. */
export type AlertSettings = Pick<KaizenStudioSettings, "namespace"> & {
  readonly backup: Pick<KaizenStudioSettings["backup"], "overdueHours">;
};

/**
 * The guide's six alerts (K-27), those of the published manifests (E-34), of backups (K-33), and the
 * usual rest (D-89).
 */
export function alertRules({ namespace, backup }: AlertSettings): AlertRule[] {
  const overdue = { backupHours: backup.overdueHours };
  return [
    ...httpAlerts({ namespace, component: NAMES.backend }),
    ...postgresAlerts({ namespace, component: DATA_STORES.postgres }),
    ...redisAlerts({ namespace, component: DATA_STORES.redis }),
    ...Object.values(BACKUPS).flatMap((component) =>
      backupAlerts({ namespace, component }, overdue),
    ),
    ...namespaceAlerts(namespace),
  ];
}
