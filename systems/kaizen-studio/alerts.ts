import {
  httpAlerts,
  namespaceAlerts,
  postgresAlerts,
  redisAlerts,
  type AlertRule,
} from "../../components/workloads/index.ts";
import { NAMES } from "./names.ts";

/**
 * Where this repository's docs/runbooks is read. A fork names its own address here: the links of all
 * alerts begin with it.
 */
export const RUNBOOKS = "https://github.com/your-org/slipway/blob/main/docs/runbooks";

/** Component labels, and so jobs, of the data stores (K-15, K-16). */
export const DATA_STORES = { postgres: "postgres", redis: "redis" } as const;

/** The guide's six alerts (K-27), those of the published manifests (E-34) and the usual rest (D-89). */
export function alertRules(namespace: string): AlertRule[] {
  return [
    ...httpAlerts({ namespace, component: NAMES.backend }),
    ...postgresAlerts({ namespace, component: DATA_STORES.postgres }),
    ...redisAlerts({ namespace, component: DATA_STORES.redis }),
    ...namespaceAlerts(namespace),
  ];
}
