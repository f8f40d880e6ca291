export { Platform, type PlatformArgs } from "./platform.ts";
export type { PlatformCluster } from "./platform-cluster.ts";
export { CertManager, type CertManagerArgs } from "./cert-manager.ts";
export { GrafanaAdmin, type GrafanaAdminArgs } from "./grafana-admin.ts";
export { IngressNginx, type IngressNginxArgs } from "./ingress-nginx.ts";
export { MonitoringCrds } from "./monitoring-crds.ts";
export { Monitoring, type MonitoringArgs } from "./monitoring.ts";
export { CHARTS, type ChartPin } from "./charts.ts";
export { webhookPorts } from "./webhook-ports.ts";
