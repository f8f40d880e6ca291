/** The label of every pod and object of the system, by which people select (K-38). */
export const SYSTEM = "kaizen-studio";

/**
 * What people and other objects call the parts by. Kubernetes names of the guide and of the published
 * manifests; changing one replaces the object and breaks the commands of the guide.
 */
export const NAMES = {
  /** Deployment, ServiceAccount and component label (K-12); its HPA is `backend-hpa` (K-24). */
  backend: "backend",
  backendService: "backend-service",
  /** Deployment, ServiceAccount and component label (K-13, D-53). */
  frontend: "frontend",
  frontendService: "frontend-service",
  /** The other name of the frontend in the published manifests (D-53, E-33). */
  webService: "web-service",
  /** The Job that migrates the database, followed by a hash of what it runs (B-30). */
  migration: "migration",
  postgresService: "postgres-service",
  redisService: "redis-service",
  configMap: "kaizen-studio-config",
  secret: "kaizen-studio-secrets",
  ingress: "kaizen-studio-ingress",
  tlsSecret: "kaizen-studio-tls",
} as const;

/** Ports that containers listen on (K-12, E-33). The frontend is not root, so it cannot have port 80. */
export const CONTAINER_PORTS = { backend: 8000, frontend: 8080 } as const;

/** Ports of the Services (K-12, E-33). */
export const SERVICE_PORTS = { backend: 8000, frontend: 80 } as const;

/** User and database of PostgreSQL (K-15). */
export const DATABASE = { user: "kaizen_user", name: "kaizen_studio" } as const;

/** Component labels, and so jobs, of the data stores (K-15, K-16). */
export const DATA_STORES = { postgres: "postgres", redis: "redis" } as const;

export type StoreName = keyof typeof DATA_STORES;

/** CronJob, claim, ServiceAccount and component label of each store's backup. */
export const BACKUPS = { postgres: "postgres-backup", redis: "redis-backup" } as const;

/** Where every part is and what it belongs to. */
export function place({ namespace }: { readonly namespace: string }) {
  return { namespace, system: SYSTEM };
}
