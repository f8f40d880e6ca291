import { withDefaults } from "../core/with-defaults.ts";
import {
  ALERT_DEFAULTS,
  namespaceSeries,
  titleOf,
  type AlertRule,
  type AlertThresholds,
  type MetricScope,
} from "./monitoring-rules.ts";

/**
 * Alerts on the CronJob of a Backup, from what kube-state-metrics tells (K-33, D-91). `component` is the
 * Backup's own. Neither wakes anybody: the earlier backups are there, and so is the data.
 */
export function backupAlerts(scope: MetricScope, thresholds: AlertThresholds = {}): AlertRule[] {
  const { namespace, component } = scope;
  const { backupHours } = withDefaults(ALERT_DEFAULTS as Required<AlertThresholds>, thresholds);
  const title = titleOf(component);
  const ofCronJob = (metric: string) =>
    `max by (namespace) (${metric}${namespaceSeries(namespace, `cronjob="${component}"`)})`;
  const succeeded = ofCronJob("kube_cronjob_status_last_successful_time");
  const created = ofCronJob("kube_cronjob_created");
  return [
    {
      alert: `${title}Failed`,
      expr: `${failedAt(scope)} > on (namespace) (${succeeded} or ${created})`,
      severity: "warning",
      summary: `A run of ${component} failed`,
      description:
        `The last run of ${component} in ${namespace} ended without a backup, and none has ` +
        "succeeded since. The earlier backups are untouched.",
    },
    {
      alert: `${title}Overdue`,
      expr:
        `time() - (${succeeded} or ${created}) > ${backupHours * 3600}` +
        ` or absent(kube_cronjob_created${namespaceSeries(namespace, `cronjob="${component}"`)})`,
      for: "30m",
      severity: "warning",
      summary: `The last backup of ${component} is too old`,
      description:
        `${component} in ${namespace} has not succeeded for more than ${backupHours} hours, ` +
        "or its CronJob is gone.",
    },
  ];
}

/** When the latest run that failed for good had begun. Runs that people start count as well. */
function failedAt({ namespace, component }: MetricScope): string {
  const job = (metric: string, more = "") => `${metric}${namespaceSeries(namespace, more)}`;
  const owner = job("kube_job_owner", `owner_kind="CronJob", owner_name="${component}"`);
  const failed = job("kube_job_failed", 'condition="true"');
  return (
    `max by (namespace) (${job("kube_job_status_start_time")}` +
    ` and on (namespace, job_name) ${owner}` +
    ` and on (namespace, job_name) (${failed} == 1))`
  );
}
