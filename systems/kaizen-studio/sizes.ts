import {
  dataStoreSize,
  MANAGED_POSTGRES_SIZE,
  type ContainerRange,
  type QuotaFloors,
  type WorkloadSize,
} from "../../components/workloads/index.ts";
import { backupSizes } from "./backups.ts";
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

/** Everything that runs in the namespace, at its largest, for its quota (D-34). */
export function workloadSizes(settings: KaizenStudioSettings): WorkloadSize[] {
  const { backend, frontend, postgres, redis } = settings;
  // The class of a volume decides nothing here.
  const store = ({ storage, resources }: KaizenStudioSettings["redis"]) =>
    dataStoreSize({ resources, volume: { size: storage, storageClass: "" } });
  return [
    { resources: backend.resources, maxReplicas: backend.hpa.maxReplicas },
    { resources: frontend.resources, maxReplicas: frontend.replicas },
    postgres.mode === "managed" ? MANAGED_POSTGRES_SIZE : store(postgres),
    store(redis),
    // The migration, which is as large as the backend.
    { resources: backend.resources, maxReplicas: 1 },
    ...backupSizes(settings),
  ];
}
