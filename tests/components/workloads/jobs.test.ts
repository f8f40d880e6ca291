import assert from "node:assert/strict";
import {
  AppConfig,
  Migration,
  migrationName,
  ScheduledJob,
  Worker,
  type MigrationArgs,
  type ScheduledJobArgs,
  type WorkerArgs,
} from "../../../components/workloads/index.ts";
import { byName } from "../../../plan/recording.ts";
import { migrationArgs, scheduledJobArgs, workerArgs } from "../../support/block-fixtures.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { appConfigArgs } from "../../support/workload-fixtures.ts";

const recordWorker = (change: Partial<WorkerArgs> = {}) =>
  recordOn(({ providers }) => new Worker("worker", { ...workerArgs, ...change }, { providers }));
const recordJob = (change: Partial<ScheduledJobArgs> = {}) =>
  recordOn(
    ({ providers }) =>
      new ScheduledJob("report", { ...scheduledJobArgs, ...change }, { providers }),
  );
const recordMigration = (change: Partial<MigrationArgs> = {}) =>
  recordOn(
    ({ providers }) => new Migration("schema", { ...migrationArgs, ...change }, { providers }),
  );
const labelsOf = (component: string) => ({
  "app.kubernetes.io/name": "kaizen-studio",
  "app.kubernetes.io/component": component,
  "app.kubernetes.io/managed-by": "slipway",
});

describe("Worker", () => {
  it("is a Deployment without a Service", async () => {
    assert.deepEqual(outline(await recordWorker()), [
      "Deployment worker-deployment",
      "PodDisruptionBudget worker-pdb",
      "ServiceAccount worker-service-account",
      "Worker worker",
    ]);
  });

  it("is probed where it says how, and only there", async () => {
    const containerOf = async (change: Partial<WorkerArgs>) => {
      const { inputs } = byName(await recordWorker(change), "worker-deployment");
      const spec = inputs["spec"] as {
        template: { spec: { containers: Record<string, unknown>[] } };
      };
      return spec.template.spec.containers[0] ?? assert.fail();
    };
    assert.ok(!("livenessProbe" in (await containerOf({}))));
    const probed = await containerOf({ health: { tcp: "health" }, ports: { health: 9000 } });
    assert.deepEqual(probed["ports"], [{ name: "health", containerPort: 9000 }]);
    assert.deepEqual((probed["readinessProbe"] as { tcpSocket: unknown }).tcpSocket, {
      port: "health",
    });
  });

  it("refuses what cannot run", async () => {
    await assert.rejects(recordWorker({ image: "worker", scale: { replicas: 0 } }), {
      message:
        'Invalid arguments:\n1. image: got "worker", expected a tag or digest. ' +
        "Write worker:v1.0.0 or the like.\n" +
        "2. scale.replicas: got 0, expected a whole number of at least 1. " +
        "Write how many there are to be.",
    });
  });
});

describe("ScheduledJob", () => {
  it("makes a CronJob that never runs twice at once, and an account", async () => {
    const recording = await recordJob();
    assert.deepEqual(outline(recording), [
      "CronJob report-cronjob",
      "ScheduledJob report",
      "ServiceAccount report-service-account",
    ]);
    const cronJob = byName(recording, "report-cronjob");
    assert.deepEqual(dependencyNames(cronJob), ["report-service-account"]);
    assert.deepEqual(cronJob.inputs["metadata"], {
      namespace: "studio",
      name: "report",
      labels: labelsOf("report"),
    });
    const { jobTemplate, ...spec } = cronJob.inputs["spec"] as {
      jobTemplate: { spec: Record<string, unknown> };
    };
    assert.deepEqual(spec, {
      schedule: "0 2 * * *",
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      suspend: false,
    });
    const { template, ...run } = jobTemplate.spec as {
      template: { spec: { restartPolicy: string } };
    };
    assert.deepEqual(run, { backoffLimit: 2, activeDeadlineSeconds: 7200 });
    assert.equal(template.spec.restartPolicy, "Never");
  });

  it("starts no more runs when suspended", async () => {
    const { inputs } = byName(await recordJob({ suspended: true }), "report-cronjob");
    assert.equal((inputs["spec"] as { suspend: boolean }).suspend, true);
  });

  it("refuses what would never run, all at once", async () => {
    const change = {
      component: "r".repeat(53),
      schedule: "@daily",
      startingDeadlineSeconds: 5,
      retries: -1,
    };
    await assert.rejects(recordJob(change), {
      message: [
        "Invalid arguments:",
        '1. schedule: got "@daily", expected five fields such as "0 2 * * *". ' +
          "Write minute, hour, day of month, month and day of week.",
        `2. component: got "${"r".repeat(53)}", expected at most 52 letters, because its Jobs ` +
          "append eleven. Shorten it.",
        "3. startingDeadlineSeconds: got 5, expected a whole number of at least 10. " +
          "Write how many there are to be.",
        "4. retries: got -1, expected a whole number of at least 0. " +
          "Write how many there are to be.",
      ].join("\n"),
    });
  });
});

describe("Migration", () => {
  const jobs = async (change: Partial<MigrationArgs> = {}) =>
    outline(await recordMigration(change)).filter((line) => line.startsWith("Job "));

  it("is one Job that stays, waits for no more than its deadline, and can be tried again", async () => {
    const name = migrationName(migrationArgs);
    assert.match(name, /^migration-[0-9a-f]{10}$/);
    const recording = await recordMigration();
    const job = byName(recording, `schema-job-${name.slice("migration-".length)}`);
    assert.deepEqual(job.inputs["metadata"], {
      namespace: "studio",
      name,
      labels: labelsOf("migration"),
      annotations: { "pulumi.com/replaceUnready": "true" },
    });
    const { template, ...spec } = job.inputs["spec"] as Record<string, unknown>;
    assert.ok(template !== undefined);
    assert.deepEqual(spec, { backoffLimit: 2, activeDeadlineSeconds: 600 });
    assert.deepEqual(job.customTimeouts, { create: "660s" });
    assert.deepEqual(job.ignoreChanges, ["spec"]);
  });

  it("is another Job for another image or command, and the same for anything else", async () => {
    const first = await jobs();
    const same = { resources: { ...migrationArgs.resources, limits: { cpu: "1", memory: "1Gi" } } };
    assert.deepEqual(await jobs({ ...same, env: { LOG_LEVEL: "DEBUG" } }), first);
    assert.notDeepEqual(await jobs({ image: "registry.test/studio-backend:v1.1.0" }), first);
    assert.notDeepEqual(await jobs({ command: ["alembic", "upgrade", "+1"] }), first);
  });

  it("comes after what it reads, and its pods do not change with it", async () => {
    const recording = await recordOn(({ providers }) => {
      const config = new AppConfig("config", appConfigArgs, { providers }).source;
      return new Migration("schema", { ...migrationArgs, envFrom: [config] }, { providers });
    });
    const hash = migrationName(migrationArgs).slice("migration-".length);
    const job = byName(recording, `schema-job-${hash}`);
    assert.deepEqual(dependencyNames(job), ["config-configmap", "schema-service-account"]);
    const { template } = job.inputs["spec"] as { template: { metadata: object } };
    assert.ok(!("annotations" in template.metadata));
  });

  it("refuses a migration without a program", async () => {
    await assert.rejects(recordMigration({ command: [] }), {
      message:
        "Invalid arguments:\n1. command: got [], expected a program to run. " +
        "Name what migrates; the image's own entrypoint starts the application.",
    });
  });
});
