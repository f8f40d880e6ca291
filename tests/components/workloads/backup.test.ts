import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Backup, type BackupArgs, type ConfigSource } from "../../../components/workloads/index.ts";
import { byName } from "../../../plan/recording.ts";
import {
  passwordSource,
  postgresBackup,
  redisBackup,
  S3_STORE,
} from "../../support/backup-fixtures.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const SCRIPTS = path.resolve(import.meta.dirname, "../../../components/workloads/scripts");
const REQUEST = { file: "kaizen-studio-20260301T020000Z.dump", requestedAt: "2026-03-01T10:00" };
const PASSWORD = { secretKeyRef: { name: "studio-secrets", key: "password" } };

interface Container {
  name: string;
  image: string;
  command: string[];
  env: { name: string; value?: string; valueFrom?: unknown }[];
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}

interface PodSpec {
  serviceAccountName: string;
  containers: Container[];
  initContainers?: Container[];
  securityContext: { runAsUser: number };
  affinity?: unknown;
}

const record = (
  make: (source: ConfigSource) => BackupArgs = postgresBackup,
  overrides: Partial<BackupArgs> = {},
) =>
  recordOn(
    ({ providers, earlier }) =>
      new Backup(
        "backup",
        { ...make(passwordSource(earlier)), ...overrides },
        { providers, dependsOn: [earlier] },
      ),
  );
type Recording = Awaited<ReturnType<typeof record>>;

const cronJob = (recording: Recording) =>
  byName(recording, "backup-schedule-cronjob").inputs as {
    metadata: { name: string };
    spec: { schedule: string; suspend: boolean; jobTemplate: { spec: JobSpec } };
  };
interface JobSpec {
  backoffLimit: number;
  activeDeadlineSeconds: number;
  template: { spec: PodSpec };
}
const backupPod = (recording: Recording) => cronJob(recording).spec.jobTemplate.spec.template.spec;
const restoreResource = (recording: Recording) =>
  recording.resources.find(({ type }) => type === "kubernetes:batch/v1:Job") ??
  assert.fail("there is no Job");
const restoreSpec = (recording: Recording) => restoreResource(recording).inputs["spec"] as JobSpec;
const envOf = (container: Container | undefined) =>
  Object.fromEntries(
    (container?.env ?? []).map((each) => [each.name, each.value ?? each.valueFrom]),
  );

describe("Backup", () => {
  it("makes a volume, the scripts and a CronJob, after what it is told to wait for", async () => {
    const recording = await record();
    assert.deepEqual(outline(recording), [
      "Backup backup",
      "ConfigMap backup-files",
      "CronJob backup-schedule-cronjob",
      "PersistentVolumeClaim backup-claim-postgres-backup",
      "ScheduledJob backup-schedule",
      "ServiceAccount backup-schedule-service-account",
    ]);
    const claim = byName(recording, "backup-claim-postgres-backup");
    assert.deepEqual(dependencyNames(claim), ["test-earlier"]);
    assert.deepEqual(claim.inputs["spec"], {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "standard",
      resources: { requests: { storage: "100Gi" } },
    });
    assert.deepEqual(dependencyNames(byName(recording, "backup-schedule-cronjob")), [
      "backup-claim-postgres-backup",
      "backup-files",
      "backup-schedule-service-account",
      "test-earlier",
    ]);
  });

  it("keeps the volume when the block goes, unless told otherwise (E-55)", async () => {
    const options = async (overrides: Partial<BackupArgs>) => {
      const { protect, retainOnDelete } = byName(
        await record(postgresBackup, overrides),
        "backup-claim-postgres-backup",
      );
      return { protect, retainOnDelete };
    };
    assert.deepEqual(await options({}), { protect: false, retainOnDelete: true });
    assert.deepEqual(await options({ protectData: true, retainOnDelete: false }), {
      protect: true,
      retainOnDelete: false,
    });
  });

  it("hands the scripts over as they are in the repository", async () => {
    const { data } = byName(await record(), "backup-files").inputs as {
      data: Record<string, string>;
    };
    const files = fs.readdirSync(SCRIPTS);
    assert.deepEqual(Object.keys(data).toSorted(), files.toSorted());
    for (const file of files) {
      assert.equal(data[file], fs.readFileSync(path.join(SCRIPTS, file), "utf8"));
    }
  });

  it("dumps at two every night, keeps ten, and gives up after two hours (E-34)", async () => {
    const { metadata, spec } = cronJob(await record());
    assert.equal(metadata.name, "postgres-backup");
    assert.equal(spec.schedule, "0 2 * * *");
    const { backoffLimit, activeDeadlineSeconds, template } = spec.jobTemplate.spec;
    assert.deepEqual([backoffLimit, activeDeadlineSeconds], [2, 7200]);
    const [container, ...others] = template.spec.containers;
    assert.deepEqual([others, template.spec.initContainers], [[], undefined]);
    assert.equal(container?.image, "docker.io/library/postgres:15.19-alpine");
    assert.deepEqual(container.command, ["sh", "/scripts/backup-postgres.sh"]);
    assert.deepEqual(envOf(container), {
      BACKUP_DIR: "/backup",
      BACKUP_NAME: "kaizen-studio",
      KEEP_COUNT: "10",
      KEEP_DAYS: "0",
      PGHOST: "postgres-service",
      PGPORT: "5432",
      PGUSER: "kaizen_user",
      PGDATABASE: "kaizen_studio",
      PGPASSWORD: PASSWORD,
    });
    assert.deepEqual(container.volumeMounts.slice(1), [
      { name: "claim-postgres-backup", mountPath: "/backup" },
      { name: "configmap-postgres-backup-scripts", mountPath: "/scripts", readOnly: true },
    ]);
  });

  it("snapshots Redis without its volume, in its zone", async () => {
    const pod = backupPod(await record(redisBackup));
    const [container] = pod.containers;
    assert.equal(container?.image, "docker.io/library/redis:7.4.11-alpine");
    assert.deepEqual(container.command, ["sh", "/scripts/backup-redis.sh"]);
    assert.deepEqual(envOf(container), {
      BACKUP_DIR: "/backup",
      BACKUP_NAME: "kaizen-studio",
      KEEP_COUNT: "10",
      KEEP_DAYS: "0",
      REDIS_HOST: "redis-service",
      REDIS_PORT: "6379",
      REDISCLI_AUTH: PASSWORD,
    });
    assert.ok(!container.volumeMounts.some(({ name }) => name === "claim-redis-data"));
    assert.equal(pod.securityContext.runAsUser, 999);
    assert.deepEqual(pod.affinity, {
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: "topology.kubernetes.io/zone",
              labelSelector: {
                matchLabels: {
                  "app.kubernetes.io/name": "kaizen-studio",
                  "app.kubernetes.io/component": "redis",
                },
              },
            },
          },
        ],
      },
    });
  });

  it("dumps first and ships then where there is a store, and keeps the rest there", async () => {
    const mirror = { imageMirrorPrefix: "mirror.test" };
    const pod = backupPod(await record(postgresBackup, { store: S3_STORE, ...mirror }));
    const [dump] = pod.initContainers ?? [];
    const [ship] = pod.containers;
    assert.equal(dump?.image, "mirror.test/docker.io/library/postgres:15.19-alpine");
    assert.equal(envOf(dump)["KEEP_COUNT"], "1");
    assert.equal(ship?.image, "mirror.test/docker.io/rclone/rclone:1.74.4");
    assert.deepEqual(ship.command, ["sh", "/scripts/ship-backup.sh", "dump"]);
    assert.deepEqual(envOf(ship), {
      BACKUP_DIR: "/backup",
      BACKUP_NAME: "kaizen-studio",
      RCLONE_CONFIG_STORE_TYPE: "s3",
      RCLONE_CONFIG_STORE_PROVIDER: "AWS",
      RCLONE_CONFIG_STORE_ENV_AUTH: "true",
      RCLONE_CONFIG_STORE_NO_CHECK_BUCKET: "true",
      RCLONE_CONFIG_STORE_REGION: "eu-central-1",
      STORE: "store:backups/kaizen-studio/postgres",
      KEEP_COUNT: "10",
      KEEP_DAYS: "0",
    });
  });

  it("restores only while asked to, once for each request, whatever else changes", async () => {
    const recording = await record(postgresBackup, { restore: REQUEST });
    const job = restoreResource(recording);
    assert.match(job.name, /^backup-restore-[0-9a-f]{10}$/);
    const metadata = job.inputs["metadata"] as { name: string; annotations: object };
    assert.equal(metadata.name, job.name.replace("backup", "postgres-backup"));
    assert.deepEqual(metadata.annotations, { "pulumi.com/replaceUnready": "true" });
    assert.deepEqual(job.ignoreChanges, ["spec"]);
    const { backoffLimit, template } = restoreSpec(recording);
    assert.equal(backoffLimit, 0);
    assert.equal(template.spec.serviceAccountName, "postgres-backup");
    const [container] = template.spec.containers;
    assert.deepEqual(container?.command, ["sh", "/scripts/restore-postgres.sh", REQUEST.file]);
    assert.equal(envOf(container)["RESTORE_ID"], "2026-03-01T10:00");
    const again = { ...REQUEST, requestedAt: "2026-03-01T11:00" };
    const later = restoreResource(await record(postgresBackup, { restore: again }));
    assert.notEqual(later.name, job.name);
  });

  it("mounts the data of Redis for a restore alone, and waits for the server to stop", async () => {
    const restore = { ...REQUEST, file: "latest" };
    const { template } = restoreSpec(await record(redisBackup, { restore }));
    const [container] = template.spec.containers;
    assert.deepEqual(container?.command, ["sh", "/scripts/restore-redis.sh", "latest"]);
    const { REDIS_DATA_DIR, REDIS_APPENDONLY, WAIT_SECONDS } = envOf(container);
    assert.deepEqual([REDIS_DATA_DIR, REDIS_APPENDONLY, WAIT_SECONDS], ["/data", "yes", "1800"]);
    assert.ok(
      container.volumeMounts.some(
        ({ name, mountPath }) => name === "claim-redis-data" && mountPath === "/data",
      ),
    );
    assert.equal(template.spec.securityContext.runAsUser, 999);
  });

  it("fetches from the store before it restores", async () => {
    const recording = await record(postgresBackup, { store: S3_STORE, restore: REQUEST });
    const { initContainers = [] } = restoreSpec(recording).template.spec;
    assert.deepEqual(
      initContainers.map(({ command }) => command),
      [["sh", "/scripts/fetch-backup.sh", REQUEST.file, "dump"]],
    );
  });

  it("makes no more backups while suspended", async () => {
    const recording = await record(postgresBackup, { suspended: true });
    assert.equal(cronJob(recording).spec.suspend, true);
  });
});
