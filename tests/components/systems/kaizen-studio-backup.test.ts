import assert from "node:assert/strict";
import type { Resource } from "@pulumi/pulumi";
import type { PlatformCapabilities } from "../../../components/core/platform-capabilities.ts";
import { byName, type Recording } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { recordStudio, type Change } from "../../support/kaizen-studio-recording.ts";
import { dependencyNames, madeBy } from "../../support/recorded-program.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

const STORE_PEERS = [{ cidr: "198.51.100.0/24", ports: [{ port: 443, protocol: "TCP" }] }] as const;

const identityOf = (account: string) => ({
  serviceAccountAnnotations: { "cloud.test/account": account },
  podLabels: { "cloud.test/use": "true" },
  ready: [],
});

/** A platform that has an object store. */
const withStore = (ready: Resource): PlatformCapabilities => ({
  ...fullCapabilities(ready),
  backupDestination: { api: "s3", bucket: "backups", region: "eu-central-1" },
  backupPeers: STORE_PEERS,
});

interface Container {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value?: string }[];
}

interface CronJobSpec {
  readonly schedule: string;
  readonly suspend: boolean;
  readonly jobTemplate: {
    readonly spec: {
      readonly template: {
        readonly metadata: { readonly labels: Readonly<Record<string, string>> };
        readonly spec: {
          readonly containers: readonly Container[];
          readonly initContainers?: readonly Container[];
        };
      };
    };
  };
}

const cronJob = (recording: Recording, store: string) =>
  byName(recording, `kaizen-studio-${store}-backup-schedule-cronjob`).inputs["spec"] as CronJobSpec;

/** The variables of each container by its name. */
function envOf(recording: Recording, store: string): Record<string, Record<string, string>> {
  const { containers, initContainers = [] } = cronJob(recording, store).jobTemplate.spec.template
    .spec;
  return Object.fromEntries(
    [...initContainers, ...containers].map(({ name, env }) => [
      name,
      Object.fromEntries(env.map((one) => [one.name, one.value ?? "from a key"])),
    ]),
  );
}

const restoring = (store: "postgres" | "redis", file: string): Change => ({
  settings: {
    [store]: { ...kaizenSettings[store], restore: { file, requestedAt: "2026-11-21T10:00" } },
  },
});

describe("KaizenStudio, backed up", () => {
  it("keeps ten backups on a volume where the platform has no object store (E-34)", async () => {
    const recording = await recordStudio();
    for (const [store, size] of Object.entries({ postgres: "100Gi", redis: "20Gi" })) {
      const { schedule, suspend } = cronJob(recording, store);
      assert.deepEqual({ schedule, suspend }, { schedule: "0 2 * * *", suspend: false });
      const env = envOf(recording, store);
      assert.deepEqual(Object.keys(env), [`${store}-backup`]);
      assert.partialDeepStrictEqual(env[`${store}-backup`], { KEEP_COUNT: "10", KEEP_DAYS: "14" });
      const { spec } = byName(
        recording,
        `kaizen-studio-${store}-backup-claim-${store}-backup`,
      ).inputs;
      assert.partialDeepStrictEqual(spec, {
        storageClassName: "standard",
        resources: { requests: { storage: size } },
      });
    }
  });

  it("copies every backup to the platform's object store and keeps as many days there (D-91)", async () => {
    const backupIdentities = { postgres: identityOf("postgres"), redis: identityOf("redis") };
    const recording = await recordStudio({ capabilitiesOf: withStore, args: { backupIdentities } });
    for (const store of ["postgres", "redis"]) {
      const env = envOf(recording, store);
      assert.partialDeepStrictEqual(env["dump"], { KEEP_COUNT: "1", KEEP_DAYS: "14" });
      assert.partialDeepStrictEqual(env[`${store}-backup`], {
        STORE: `store:backups/kaizen-studio/${store}`,
        KEEP_COUNT: "24",
        KEEP_DAYS: "14",
      });
      const policy = byName(recording, `kaizen-studio-connections-${store}-backup-policy`).inputs;
      assert.partialDeepStrictEqual(policy["spec"], {
        egress: [
          {},
          {
            to: [{ ipBlock: { cidr: "198.51.100.0/24" } }],
            ports: [{ port: 443, protocol: "TCP" }],
          },
        ],
      });
      const account = byName(
        recording,
        `kaizen-studio-${store}-backup-schedule-service-account`,
      ).inputs;
      assert.partialDeepStrictEqual(account["metadata"], {
        name: `${store}-backup`,
        annotations: { "cloud.test/account": store },
      });
      const { metadata } = cronJob(recording, store).jobTemplate.spec.template;
      assert.equal(metadata.labels["cloud.test/use"], "true");
    }
  });

  it("refuses an object store to which no way out is known", async () => {
    const unreachable = (ready: Resource) => ({ ...withStore(ready), backupPeers: [] });
    await assert.rejects(recordStudio({ capabilitiesOf: unreachable }), /store\.peers: got \[\]/);
  });

  it("has room in its quota for a run, a restore and the volume of each", async () => {
    const recording = await recordStudio();
    const { spec } = byName(recording, "kaizen-studio-namespace-quota").inputs;
    // Two data stores, their backups, and the largest again for a drill.
    assert.partialDeepStrictEqual(spec, { hard: { "requests.storage": "500Gi" } });
    const large = await recordStudio({
      settings: { postgres: { ...kaizenSettings.postgres, backupStorage: "400Gi" } },
    });
    const { spec: more } = byName(large, "kaizen-studio-namespace-quota").inputs;
    assert.partialDeepStrictEqual(more, { hard: { "requests.storage": "880Gi" } });
  });

  it("restores what is asked for, before it migrates, and nothing otherwise (B-28)", async () => {
    const jobs = (recording: Recording) =>
      madeBy(recording)
        .filter(({ type, name }) => type.endsWith("/v1:Job") && name.includes("restore"))
        .map(({ name }) => name);
    assert.deepEqual(jobs(await recordStudio()), []);
    const recording = await recordStudio(restoring("postgres", "latest"));
    const [job = assert.fail(), ...more] = jobs(recording);
    assert.deepEqual(more, []);
    assert.match(job, /^kaizen-studio-postgres-backup-restore-[0-9a-f]{10}$/);
    const needs = dependencyNames(byName(recording, job));
    for (const earlier of [
      "kaizen-studio-connections-postgres-policy",
      "kaizen-studio-postgres-server-statefulset",
      "kaizen-studio-secrets-secret",
    ]) {
      assert.ok(needs.includes(earlier), earlier);
    }
    const migration = byName(recording, "kaizen-studio-migration-job-9e1a838f02");
    assert.ok(dependencyNames(migration).includes(job));
    assert.match(
      jobs(await recordStudio(restoring("redis", "latest"))).join(),
      /^kaizen-studio-redis-backup-restore-[0-9a-f]{10}$/,
    );
  });

  it("gives the restore of Redis its data, as its own user", async () => {
    const recording = await recordStudio(restoring("redis", "latest"));
    const job = madeBy(recording).find(({ name }) => name.includes("redis-backup-restore"));
    const { template } = job?.inputs["spec"] as {
      template: { spec: { securityContext: object; volumes: object[] } };
    };
    assert.partialDeepStrictEqual(template.spec.securityContext, { runAsUser: 999 });
    const claims = template.spec.volumes.flatMap((volume) =>
      "persistentVolumeClaim" in volume ? [volume.persistentVolumeClaim] : [],
    );
    assert.deepEqual(claims, [{ claimName: "redis-backup" }, { claimName: "redis-data" }]);
    // The claim is the one that the server itself has.
    const { metadata } = byName(recording, "kaizen-studio-redis-claim-redis-data").inputs;
    assert.partialDeepStrictEqual(metadata, { name: "redis-data" });
  });

  it("suspended, starts no more backups and keeps those there are", async () => {
    const recording = await recordStudio({ settings: { state: "suspended" } });
    for (const store of ["postgres", "redis"]) {
      assert.equal(cronJob(recording, store).suspend, true);
    }
  });
});
