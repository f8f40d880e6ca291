import type { ChartValues } from "./chart-values.ts";

const DAY_HOURS = 24;
/** What a run may take, and a node that was lost in the middle of one. */
const GRACE_HOURS = 2;

/** The longest time between two runs, in hours: the schedule's days decide, its hours only shorten it. */
export function longestGapHours(schedule: string): number {
  const [, , dayOfMonth = "*", month = "*", dayOfWeek = "*"] = schedule.split(" ");
  const every = (field: string) => field === "*" || field === "?";
  if (!every(month)) return 366 * DAY_HOURS;
  if (!every(dayOfMonth)) return 31 * DAY_HOURS;
  return (every(dayOfWeek) ? 1 : 7) * DAY_HOURS;
}

/** Rules of alerts about backups of the cluster; docs/runbooks/velero.md says what to do. */
export function veleroAlerts(schedule: string): readonly ChartValues[] {
  const hours = longestGapHours(schedule) + GRACE_HOURS;
  const seconds = hours * 3600;
  return [
    {
      alert: "VeleroBackupFailed",
      expr: 'velero_backup_last_status{schedule!=""} != 1',
      for: "15m",
      labels: { severity: "warning" },
      annotations: {
        summary:
          "The last backup of the cluster by {{ $labels.schedule }} failed, wholly or in part",
        description: "Run velero backup get, and velero backup logs for the one that failed.",
      },
    },
    {
      alert: "VeleroBackupOverdue",
      expr: `time() - velero_backup_last_successful_timestamp{schedule!=""} > ${seconds}`,
      for: "15m",
      labels: { severity: "critical" },
      annotations: {
        summary: `No backup of the cluster by {{ $labels.schedule }} succeeded for ${hours} hours`,
        description:
          "See whether its pod runs, and whether velero backup-location get says Available.",
      },
    },
  ];
}
