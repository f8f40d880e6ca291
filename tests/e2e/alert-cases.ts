import {
  backend,
  certificate,
  connections,
  container,
  latency,
  looping,
  memory,
  NAMESPACE,
  pod,
  postgres,
  redis,
  requests,
  restarts,
  volume,
  type AlertCase,
} from "./alert-series.ts";
import { BACKUP_CASES } from "./backup-alert-cases.ts";

const HTTP_CASES: readonly AlertCase[] = [
  {
    alert: "BackendHighErrorRate",
    when: "6 of 100 requests fail",
    series: requests(94, 6),
    at: "10m",
    fires: {
      labels: { job: "backend" },
      description:
        "6% of the requests to backend in kaizen-studio end in a server error, more than 5%.",
    },
  },
  {
    alert: "BackendHighErrorRate",
    when: "failures are counted by their class",
    series: requests(90, 10, "5xx"),
    at: "10m",
    fires: {
      labels: { job: "backend" },
      description:
        "10% of the requests to backend in kaizen-studio end in a server error, more than 5%.",
    },
  },
  {
    alert: "BackendHighErrorRate",
    when: "4 of 100 requests fail",
    series: requests(96, 4),
    at: "10m",
  },
  {
    alert: "BackendHighErrorRate",
    when: "callers make the mistakes",
    series: requests(50, 50, "404"),
    at: "10m",
  },
  {
    alert: "BackendHighErrorRate",
    when: "nobody asks for anything",
    series: requests(0, 0),
    at: "10m",
  },
  {
    alert: "BackendHighLatency",
    when: "6 of 100 requests take longer than a second",
    series: latency(80, 94, 100),
    at: "10m",
    fires: {
      labels: { job: "backend" },
      description:
        "5 of 100 requests to backend in kaizen-studio take longer than 1.25s; 1 s is the limit.",
    },
  },
  {
    alert: "BackendHighLatency",
    when: "4 of 100 requests take longer than a second",
    series: latency(80, 96, 100),
    at: "10m",
  },
];

const backendDown = {
  labels: { job: "backend" },
  description: "Prometheus has reached no pod of backend in kaizen-studio for 2m.",
};

const DOWN_CASES: readonly AlertCase[] = [
  {
    alert: "BackendDown",
    when: "no pod answers for two minutes",
    series: { [backend("up")]: "0x10", [backend("up", { pod: "backend-b" })]: "0x10" },
    at: "2m",
    fires: backendDown,
  },
  {
    alert: "BackendDown",
    when: "there is no pod",
    series: {},
    at: "2m",
    fires: backendDown,
  },
  {
    alert: "BackendDown",
    when: "no pod answers for a minute",
    series: { [backend("up")]: "0x10" },
    at: "1m",
  },
  {
    alert: "BackendDown",
    when: "one of two pods answers",
    series: { [backend("up")]: "0x10", [backend("up", { pod: "backend-b" })]: "1x10" },
    at: "10m",
  },
  ...[
    { alert: "PostgresDown", metric: postgres("pg_up"), job: "postgres", pod: "postgres-0" },
    { alert: "RedisDown", metric: redis("redis_up"), job: "redis", pod: "redis-a" },
  ].flatMap(({ alert, metric, job, pod }): AlertCase[] => {
    const description =
      `The exporter beside ${job} in kaizen-studio has not reached it for 1m, ` +
      "or is gone itself.";
    return [
      {
        alert,
        when: "the exporter does not reach it",
        series: { [metric]: "0x10" },
        at: "1m",
        fires: { labels: { job, pod }, description },
      },
      {
        alert,
        when: "the exporter is gone",
        series: {},
        at: "1m",
        fires: { labels: { job }, description },
      },
      { alert, when: "it answers", series: { [metric]: "1x10" }, at: "10m" },
      { alert, when: "it misses one scrape", series: { [metric]: "1 0 1x8" }, at: "2m" },
    ];
  }),
];

const DATA_STORE_CASES: readonly AlertCase[] = [
  {
    alert: "PostgresHighConnections",
    when: "85 of 100 connections are in use",
    series: connections(80, 5),
    at: "10m",
    fires: {
      labels: { pod: "postgres-0" },
      description:
        "85% of the connections of postgres-0 in kaizen-studio are in use, more than 80%. " +
        "At the limit it refuses every new one.",
    },
  },
  {
    alert: "PostgresHighConnections",
    when: "75 of 100 connections are in use",
    series: connections(70, 5),
    at: "10m",
  },
  {
    alert: "RedisHighMemory",
    when: "95 of 100 bytes are in use",
    series: memory(950, 1000),
    at: "10m",
    fires: {
      labels: { job: "redis", pod: "redis-a" },
      description:
        "redis-a in kaizen-studio uses 95% of its memory, more than 90%. " +
        "At the limit it drops keys or refuses writes, as its policy says.",
    },
  },
  { alert: "RedisHighMemory", when: "85 are", series: memory(850, 1000), at: "10m" },
  { alert: "RedisHighMemory", when: "there is no limit", series: memory(850, 0), at: "10m" },
];

const crashLooping = {
  labels: container,
  description:
    "Container backend of backend-a in kaizen-studio has restarted more than 3 times in " +
    "15 minutes, or has been in a crash loop for the last hour.",
};

const POD_CASES: readonly AlertCase[] = [
  {
    alert: "PodCrashLooping",
    when: "a container restarts 5 times within 15 minutes",
    series: { [restarts]: "0x4 1 2 3 4 5x20" },
    at: "15m",
    fires: crashLooping,
  },
  {
    alert: "PodCrashLooping",
    when: "it restarts every 6 minutes, as an old crash loop does",
    series: {
      [restarts]: Array.from({ length: 61 }, (_, minute) => Math.floor(minute / 6)).join(" "),
      [looping]: Array.from({ length: 61 }, (_, minute) => (minute % 6 < 5 ? 1 : 0)).join(" "),
    },
    at: "60m",
    fires: crashLooping,
  },
  {
    alert: "PodCrashLooping",
    when: "it restarts twice",
    series: { [restarts]: "0x4 1 2x20", [looping]: "0x4 1 1 0x20" },
    at: "15m",
  },
  {
    alert: "PodCrashLooping",
    when: "it restarts 5 times within an hour and runs",
    series: { [restarts]: "0x9 1x9 2x9 3x9 4x9 5x9", [looping]: "0x60" },
    at: "60m",
  },
  {
    alert: "PodNotReady",
    when: "a pod runs and is not ready for 5 minutes",
    series: pod("0x20", "Running"),
    at: "5m",
    fires: {
      labels: { pod: "backend-a", condition: "true" },
      description: "backend-a in kaizen-studio has not been ready for 5m.",
    },
  },
  {
    alert: "PodNotReady",
    when: "it becomes ready in time",
    series: pod("0x3 1x20", "Running"),
    at: "10m",
  },
  {
    alert: "PodNotReady",
    when: "it has done its job",
    series: pod("0x20", "Succeeded"),
    at: "10m",
  },
];

const CLUSTER_CASES: readonly AlertCase[] = [
  {
    alert: "VolumeFillingUp",
    when: "90 of 100 bytes of a volume are used",
    series: volume(90),
    at: "10m",
    fires: {
      labels: { persistentvolumeclaim: "data-postgres-0" },
      description: "90% of claim data-postgres-0 in kaizen-studio are used, more than 85%.",
    },
  },
  { alert: "VolumeFillingUp", when: "80 are", series: volume(80), at: "10m" },
  {
    alert: "CertificateExpiring",
    when: "a certificate is valid for 13 days",
    series: certificate(13),
    at: "1h",
    fires: {
      labels: {
        job: "cert-manager",
        name: "kaizen-studio-tls",
        exported_namespace: NAMESPACE,
      },
      description:
        "Certificate kaizen-studio-tls in kaizen-studio is valid for 13 days only; " +
        "it should have been renewed long before 14.",
    },
  },
  {
    alert: "CertificateExpiring",
    when: "it is valid for 20 days",
    series: certificate(20),
    at: "2h",
  },
];

export const ALERT_CASES: readonly AlertCase[] = [
  ...HTTP_CASES,
  ...DOWN_CASES,
  ...DATA_STORE_CASES,
  ...POD_CASES,
  ...CLUSTER_CASES,
  ...BACKUP_CASES,
];
