import {
  backupPanels,
  httpPanels,
  namespacePanels,
  postgresPanels,
  redisPanels,
  type Dashboard,
} from "../../components/workloads/index.ts";
import { BACKUPS, DATA_STORES, NAMES } from "./names.ts";

/** The guide's metrics (K-26) and what the autoscaler and the nodes tell about the pods. */
export function dashboard(namespace: string): Dashboard {
  return {
    title: `Kaizen Studio in ${namespace}`,
    panels: [
      ...httpPanels({ namespace, component: NAMES.backend }),
      ...postgresPanels({ namespace, component: DATA_STORES.postgres }),
      ...redisPanels({ namespace, component: DATA_STORES.redis }),
      ...backupPanels(namespace, Object.values(BACKUPS)),
      ...namespacePanels(namespace),
    ],
  };
}
