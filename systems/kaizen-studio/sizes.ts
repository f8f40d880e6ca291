import {
  dataStoreSize,
  MANAGED_POSTGRES_SIZE,
  operatedSize,
  type ContainerRange,
  type QuotaFloors,
  type WorkloadSize,
} from "../../components/workloads/index.ts";
import type { Guard } from "../../components/core/guard.ts";
import { backupSizes } from "./backups.ts";
import { serversOf } from "./operated-database.ts";
import type { KaizenStudioSettings } from "./settings.ts";

/** What the namespace may hold at least (E-32). */
export const QUOTA_FLOORS: QuotaFloors = {
  requests: { cpu: "20", memory: "40Gi" },
  limits: { cpu: "40", memory: "80Gi" },
  storage: "500Gi",
  persistentVolumeClaims: 10,
  pods: 50,
  objects: 20,
};

/** What a container gets that names no sizes, and between which sizes it must stay (E-32). */
export const CONTAINER_RANGE: ContainerRange = {
  defaultLimits: { cpu: "1", memory: "2Gi" },
  defaultRequests: { cpu: "100m", memory: "256Mi" },
  max: { cpu: "4", memory: "8Gi" },
  min: { cpu: "50m", memory: "128Mi" },
};

/** What the database is in each mode. */
function databaseSizes(
  { postgres: { mode, storage, resources } }: KaizenStudioSettings,
  guard: Guard,
  statefulset: WorkloadSize,
): WorkloadSize[] {
  switch (mode) {
    case "statefulset":
      return [statefulset];
    case "managed":
      return [MANAGED_POSTGRES_SIZE];
    case "cnpg": {
      const volume = { size: storage, storageClass: "" };
      return operatedSize({ resources, volume }, serversOf(guard));
    }
  }
}

/** Everything that runs in the namespace, at its largest, for its quota (D-34). */
export function workloadSizes(settings: KaizenStudioSettings, guard: Guard): WorkloadSize[] {
  const { backend, frontend, postgres, redis } = settings;
  // The class of a volume decides nothing here.
  const store = ({ storage, resources }: KaizenStudioSettings["redis"]) =>
    dataStoreSize({ resources, volume: { size: storage, storageClass: "" } });
  return [
    { resources: backend.resources, maxReplicas: backend.hpa.maxReplicas },
    { resources: frontend.resources, maxReplicas: frontend.replicas },
    ...databaseSizes(settings, guard, store(postgres)),
    store(redis),
    // The migration, which is as large as the backend.
    { resources: backend.resources, maxReplicas: 1 },
    ...backupSizes(settings),
  ];
}
