export { Provider as RandomProvider } from "@pulumi/random";
export { Provider as TlsProvider } from "@pulumi/tls";
export { AppConfig, type AppConfigArgs } from "./app-config.ts";
export type { Autoscaling, Scale } from "./availability.ts";
export { Backup, backupConnections, backupSize, restoreJobName } from "./backup.ts";
export type { BackupArgs } from "./backup-args.ts";
export type { RestoreRequest } from "./restore-request.ts";
export type { BackupSource } from "./backup-source.ts";
export type { BackupStore } from "./backup-store.ts";
export type { ChildBearingOptions } from "../core/child-options.ts";
export type { ContainerArgs } from "./container.ts";
export type { VolumeSize } from "./claim.ts";
export type { PodOptions, Weakenings } from "./pod.ts";
export type { ProbeAction } from "./probes.ts";
export type { Mount } from "./volume.ts";
export type { ConfigSource, SourceKey } from "./config-source.ts";
export { Connections, type Connection, type ConnectionsArgs, type Part } from "./connections.ts";
export { GeneratedSecrets, type GeneratedSecretsArgs } from "./generated-secrets.ts";
export { backupAlerts } from "./monitoring-backup.ts";
export { httpAlerts, namespaceAlerts, postgresAlerts, redisAlerts } from "./monitoring-alerts.ts";
export type { Dashboard, DashboardPanel } from "./monitoring-dashboard.ts";
export {
  backupPanels,
  httpPanels,
  namespacePanels,
  postgresPanels,
  redisPanels,
} from "./monitoring-panels.ts";
export type { AlertRule, AlertThresholds, MetricScope } from "./monitoring-rules.ts";
export type { ContainerRange, QuotaFloors, WorkloadSize } from "./namespace-quota.ts";
export { Migration, migrationName, type MigrationArgs } from "./migration.ts";
export { plainArgs } from "../core/plain-args.ts";
export { Postgres } from "./postgres.ts";
export {
  POSTGRES_PORTS,
  type ManagedPostgresArgs,
  type PostgresAccess,
  type PostgresArgs,
  type StatefulPostgresArgs,
} from "./postgres-args.ts";
export { EXPORTER_SIZE as MANAGED_POSTGRES_SIZE } from "./postgres-exporter.ts";
export type { PostgresArchive } from "./postgres-archive.ts";
export { operatedSize } from "./postgres-operated.ts";
export { operatedConnections, operatedServers } from "./postgres-operated-connections.ts";
export { Redis, redisData } from "./redis.ts";
export { REDIS_PORTS, type RedisArgs } from "./redis-args.ts";
export { redisConnections } from "./redis-replicas.ts";
export { dataStoreSize, type DataStoreArgs } from "./data-store.ts";
export { POSTGRES_MAJOR, PUBLIC_IMAGES } from "./public-images.ts";
export { Route, routeUrl } from "./route.ts";
export type { RouteArgs, RoutePath, RouteTls } from "./route-args.ts";
export { ScheduledJob, type ScheduledJobArgs } from "./scheduled-job.ts";
export type { SecretEntries, SecretEntry } from "./secret-entry.ts";
export { migrationImage, serverImage } from "./stand-in-image.ts";
export { SystemMonitoring, type SystemMonitoringArgs } from "./system-monitoring.ts";
export {
  StatefulService,
  type StatefulServiceArgs,
  type StatefulVolume,
} from "./stateful-service.ts";
export { SystemNamespace, type SystemNamespaceArgs } from "./system-namespace.ts";
export { WebService, type WebServiceArgs } from "./web-service.ts";
export { Worker, type WorkerArgs } from "./worker.ts";
