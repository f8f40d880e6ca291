import { NAMESPACE, type AlertCase } from "./alert-series.ts";
import type { Series } from "../support/promtool.ts";

const series = (metric: string, labels: Readonly<Record<string, string>>) => {
  const all = { namespace: NAMESPACE, ...labels };
  const list = Object.entries(all).map(([key, value]) => `${key}="${value}"`);
  return `${metric}{${list.join(", ")}}`;
};

/** The same value for three hours, a sample a minute. */
const steady = (value: number) => `${value}x180`;

/** Seconds of Prometheus' test clock, which begins at 0: what was earlier is below that. */
const hours = (count: number) => count * 3600;

const createdAt = (cronjob: string, seconds: number): Series => ({
  [series("kube_cronjob_created", { cronjob })]: steady(seconds),
});

const succeededAt = (cronjob: string, seconds: number): Series => ({
  [series("kube_cronjob_status_last_successful_time", { cronjob })]: steady(seconds),
});

/** A run of a CronJob that began at a time and failed for good. */
const failedRun = (owner: string, seconds: number): Series => {
  const job_name = `${owner}-29000000`;
  return {
    [series("kube_job_owner", { job_name, owner_kind: "CronJob", owner_name: owner })]: steady(1),
    [series("kube_job_status_start_time", { job_name })]: steady(seconds),
    [series("kube_job_failed", { job_name, condition: "true" })]: steady(1),
    [series("kube_job_failed", { job_name, condition: "false" })]: steady(0),
  };
};

/** A run that is still being tried, or that went well: Prometheus has nothing but its beginning. */
const otherRun = (owner: string, seconds: number): Series => {
  const run = failedRun(owner, seconds);
  return { ...run, [Object.keys(run)[2] ?? ""]: steady(0) };
};

function casesOf(title: string, cronjob: string): AlertCase[] {
  const failed = {
    labels: {},
    description:
      `The last run of ${cronjob} in kaizen-studio ended without a backup, and none has ` +
      "succeeded since. The earlier backups are untouched.",
  };
  const overdue = {
    labels: {},
    description:
      `${cronjob} in kaizen-studio has not succeeded for more than 26 hours, ` +
      "or its CronJob is gone.",
  };
  const alive = createdAt(cronjob, hours(-48));
  return [
    {
      alert: `${title}Failed`,
      when: "a run fails after one that succeeded",
      series: { ...alive, ...succeededAt(cronjob, 3600), ...failedRun(cronjob, 7200) },
      at: "3h",
      fires: failed,
    },
    {
      alert: `${title}Failed`,
      when: "the first run of all fails",
      series: { ...alive, ...failedRun(cronjob, 7200) },
      at: "3h",
      fires: failed,
    },
    {
      alert: `${title}Failed`,
      when: "a run has succeeded since",
      series: { ...alive, ...succeededAt(cronjob, 9000), ...failedRun(cronjob, 7200) },
      at: "3h",
    },
    {
      alert: `${title}Failed`,
      when: "a run is tried again",
      series: { ...alive, ...succeededAt(cronjob, 3600), ...otherRun(cronjob, 7200) },
      at: "3h",
    },
    {
      alert: `${title}Failed`,
      when: "a Job of another CronJob fails",
      series: { ...alive, ...succeededAt(cronjob, 3600), ...failedRun(`${cronjob}-2`, 7200) },
      at: "3h",
    },
    {
      alert: `${title}Overdue`,
      when: "the last success is 27 hours ago",
      series: { ...alive, ...succeededAt(cronjob, hours(-25.5)) },
      at: "90m",
      fires: overdue,
    },
    {
      alert: `${title}Overdue`,
      when: "none has succeeded since the CronJob was made 27 hours ago",
      series: createdAt(cronjob, hours(-25.5)),
      at: "90m",
      fires: overdue,
    },
    {
      alert: `${title}Overdue`,
      when: "the CronJob is gone",
      series: {},
      at: "30m",
      fires: { ...overdue, labels: { cronjob } },
    },
    {
      alert: `${title}Overdue`,
      when: "the last success is 24 hours ago",
      series: { ...alive, ...succeededAt(cronjob, hours(-22.5)) },
      at: "90m",
    },
    {
      alert: `${title}Overdue`,
      when: "the CronJob is an hour old",
      series: createdAt(cronjob, 0),
      at: "1h",
    },
  ];
}

export const BACKUP_CASES: readonly AlertCase[] = [
  ...casesOf("PostgresBackup", "postgres-backup"),
  ...casesOf("RedisBackup", "redis-backup"),
];

/** Backups that have just succeeded, at any time. */
export const HEALTHY_BACKUPS: Series = Object.fromEntries(
  ["postgres-backup", "redis-backup"].flatMap((cronjob) => [
    [series("kube_cronjob_created", { cronjob }), steady(0)],
    [series("kube_cronjob_status_last_successful_time", { cronjob }), "0+60x180"],
  ]),
);
