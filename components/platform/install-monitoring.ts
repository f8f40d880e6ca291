import { ALERT_DEFAULTS, alertPorts } from "./alert-settings.ts";
import { MonitoringCrds } from "./monitoring-crds.ts";
import { Monitoring } from "./monitoring.ts";
import type { PlatformArgs } from "./platform-args.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

/** The namespace of monitoring and the kinds that it serves, where it is on. */
export function installMonitoringKinds(
  stage: Stage,
  { monitoring, prometheusAdapter }: PlatformSettings,
): MonitoringCrds | undefined {
  if (!monitoring.enabled) return undefined;
  const { surroundings } = stage.context;
  return new MonitoringCrds(
    `${stage.name}-monitoring-crds`,
    {
      surroundings,
      servesCustomMetrics: prometheusAdapter.enabled,
      alertPorts: alertPorts(monitoring.alerts ?? ALERT_DEFAULTS),
    },
    stageOptions(stage),
  );
}

/** kube-prometheus-stack on those kinds. */
export function installMonitoring(
  stage: Stage,
  args: Pick<PlatformArgs, "monitoring" | "grafanaAdminPassword" | "alertSecrets">,
  kinds: MonitoringCrds | undefined,
): Monitoring | undefined {
  if (kinds === undefined) return undefined;
  const { monitoring, grafanaAdminPassword, alertSecrets = {} } = args;
  const { replicas, retentionDays, prometheusStorage, alerts = ALERT_DEFAULTS } = monitoring;
  const { cluster, certificates } = stage.context;
  return new Monitoring(
    `${stage.name}-monitoring`,
    {
      replicas,
      retentionDays,
      prometheusStorage,
      alerts,
      alertSecrets,
      storageClasses: cluster.storageClasses,
      scrapable: cluster.scrapable,
      certificates,
      ...sizesIn(monitoring),
      ...(grafanaAdminPassword === undefined ? {} : { grafanaAdminPassword }),
    },
    stageOptions(stage, [kinds.namespace]),
  );
}
