import assert from "node:assert/strict";
import type { ObjectStore } from "../../../components/core/cluster-handle.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import { Postgres, type ConfigSource } from "../../../components/workloads/index.ts";
import { archiveSpec, checkArchive } from "../../../components/workloads/postgres-archive.ts";
import { byName, maskSecrets, reveal } from "../../../plan/recording.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { operatedArgs, S3_ARCHIVE, type OperatedArgs } from "../../support/operated-postgres.ts";

/** A database in mode cnpg, and what clients of it are given. */
async function recordOperated(change: Partial<OperatedArgs> = {}) {
  let access: Postgres["access"] | undefined;
  const recording = await recordOn(({ providers, earlier }) => {
    const args = { ...operatedArgs(earlier), ...change } as OperatedArgs;
    ({ access } = new Postgres("db", args, { providers }));
  });
  return { recording, access: access ?? assert.fail() };
}

const clusterOf = async (change: Partial<OperatedArgs> = {}) => {
  const { recording } = await recordOperated(change);
  return byName(recording, "db-cluster").inputs as {
    metadata: { name: string; annotations: Record<string, string> };
    spec: Record<string, unknown>;
  };
};

describe("Postgres, run by an operator", () => {
  it("makes a Cluster with its credentials, an exporter and the monitor of its servers", async () => {
    const { recording } = await recordOperated();
    assert.deepEqual(outline(recording), [
      "Cluster db-cluster",
      "Deployment db-exporter-deployment",
      "PodMonitor db-pod-monitor",
      "Postgres db",
      "Secret db-credentials",
      "Service db-exporter-service",
      "ServiceAccount db-exporter-service-account",
      "ServiceMonitor db-exporter-monitor",
      "WebService db-exporter",
    ]);
  });

  it("looks to clients like a StatefulSet, encrypted", async () => {
    const { access } = await recordOperated();
    const { password, ...rest } = access;
    assert.equal(password.key, "postgres-password");
    assert.equal(password.source.name, "studio-secrets");
    assert.deepEqual(rest, {
      host: "postgres-service",
      port: 5432,
      database: "kaizen_studio",
      user: "kaizen_user",
      env: { PGSSLMODE: "require" },
      mounts: [],
    });
    const { spec } = await clusterOf();
    assert.deepEqual(spec["managed"], {
      services: {
        additional: [
          { selectorType: "rw", serviceTemplate: { metadata: { name: "postgres-service" } } },
        ],
      },
    });
  });

  it("gives the operator user and password in its own form, and shows nothing of it", async () => {
    const { recording } = await recordOperated();
    const { metadata, type, data } = byName(recording, "db-credentials").inputs;
    assert.partialDeepStrictEqual(metadata, {
      name: "postgres-credentials",
      labels: { "cnpg.io/reload": "true" },
    });
    assert.equal(type, "kubernetes.io/basic-auth");
    const { username, password } = reveal(data) as Record<string, string>;
    const decoded = (text = "") => Buffer.from(text, "base64").toString();
    assert.deepEqual([decoded(username), decoded(password)], ["kaizen_user", "p@ss"]);
    assert.equal((maskSecrets(data) as Record<string, string>)["password"], "[secret]");
    const { spec } = await clusterOf({ extensions: ["pgcrypto"] });
    assert.deepEqual(spec["bootstrap"], {
      initdb: {
        database: "kaizen_studio",
        owner: "kaizen_user",
        secret: { name: "postgres-credentials" },
        dataChecksums: true,
        postInitApplicationSQL: ['CREATE EXTENSION IF NOT EXISTS "pgcrypto"'],
      },
    });
  });

  it("commits in two places where there are three, and can always be drained", async () => {
    const spec = async (instances: number) => (await clusterOf({ instances })).spec;
    const [one, two, three] = [await spec(1), await spec(2), await spec(3)];
    const synchronous = (of: Record<string, unknown>) =>
      (of["postgresql"] as { synchronous?: object }).synchronous;
    assert.deepEqual([one, two, three].map(synchronous), [
      undefined,
      undefined,
      { method: "any", number: 1 },
    ]);
    assert.deepEqual(
      [one, two, three].map((of) => of["enablePDB"]),
      [false, true, true],
    );
    assert.deepEqual(
      [one, two, three].map((of) => of["primaryUpdateMethod"]),
      ["restart", "switchover", "switchover"],
    );
  });

  it("leaves to the operator the settings that are the operator's", async () => {
    const { spec } = await clusterOf({ parameters: { work_mem: "8MB" } });
    const { parameters } = spec["postgresql"] as { parameters: Record<string, string> };
    assert.equal(parameters["listen_addresses"], undefined);
    assert.equal(parameters["work_mem"], "8MB");
    assert.equal(parameters["shared_buffers"], "512MB");
  });

  it("is waited for until it is ready, unless it sleeps", async () => {
    const running = (await clusterOf()).metadata.annotations;
    assert.deepEqual(running, {
      "cnpg.io/hibernation": "off",
      "pulumi.com/waitFor": "condition=Ready",
    });
    const asleep = (await clusterOf({ suspended: true })).metadata.annotations;
    assert.deepEqual(asleep, { "cnpg.io/hibernation": "on" });
    const restarted = (await clusterOf({ restartedAt: "noon" })).metadata.annotations;
    assert.equal(restarted["kubectl.kubernetes.io/restartedAt"], "noon");
  });

  it("keeps its past in the store, as whom the store knows its ServiceAccount for", async () => {
    const { recording } = await recordOperated({
      archive: S3_ARCHIVE,
      workloadIdentity: {
        serviceAccountAnnotations: { "cloud.test/id": "1" },
        podLabels: { "cloud.test/use": "true" },
        ready: [],
      },
    });
    assert.partialDeepStrictEqual(byName(recording, "db-archive").inputs, {
      kind: "ObjectStore",
      metadata: { name: "postgres-archive", namespace: "studio" },
    });
    const { spec } = byName(recording, "db-cluster").inputs as { spec: Record<string, unknown> };
    assert.deepEqual(spec["plugins"], [
      {
        name: "barman-cloud.cloudnative-pg.io",
        isWALArchiver: true,
        parameters: { barmanObjectName: "postgres-archive" },
      },
    ]);
    assert.deepEqual(spec["inheritedMetadata"], { labels: { "cloud.test/use": "true" } });
    assert.deepEqual(spec["serviceAccountTemplate"], {
      metadata: { annotations: { "cloud.test/id": "1" } },
    });
    const schedule = byName(recording, "db-archive-schedule");
    assert.deepEqual(schedule.inputs["spec"], {
      schedule: "0 0 2 * * *",
      cluster: { name: "postgres" },
      method: "plugin",
      pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
      backupOwnerReference: "self",
      immediate: false,
      suspend: false,
    });
    assert.ok(dependencyNames(schedule).includes("db-cluster"));
  });

  it("comes after operator, credentials and archive, and is protected with its data", async () => {
    const { recording } = await recordOperated({ archive: S3_ARCHIVE, protectData: true });
    const cluster = byName(recording, "db-cluster");
    assert.deepEqual(dependencyNames(cluster), ["db-archive", "db-credentials", "test-earlier"]);
    assert.equal(cluster.protect, true);
  });

  it("refuses what it cannot run, all at once", async () => {
    const archive = { ...S3_ARCHIVE, schedule: "daily", keepDays: 0 };
    await assert.rejects(recordOperated({ instances: 0, database: "No", archive }), {
      message: [
        "Invalid arguments:",
        '1. database: got "No", expected a name of small letters, digits and underscores. Other names ' +
          "would have to be quoted wherever they are used.",
        "2. instances: got 0, expected a whole number of at least 1. Write how many there are to be.",
        '3. archive.schedule: got "daily", expected five fields such as "0 2 * * *". Write minute, ' +
          "hour, day of month, month and day of week.",
        "4. archive.keepDays: got 0, expected a whole number of at least 1. Write how many there are to be.",
      ].join("\n"),
    });
  });
});

describe("archiveSpec", () => {
  const of = (objectStore: ObjectStore) =>
    archiveSpec({ ...S3_ARCHIVE, store: { ...S3_ARCHIVE.store, objectStore } });

  it("s3: by the role of the pod, in its region", () => {
    const spec = of({ api: "s3", bucket: "acme", region: "eu-west-1" });
    assert.partialDeepStrictEqual(spec, {
      configuration: {
        destinationPath: "s3://acme/studio/postgres-archive",
        s3Credentials: { inheritFromIAMRole: true },
      },
      retentionPolicy: "14d",
      instanceSidecarConfiguration: { env: [{ name: "AWS_DEFAULT_REGION", value: "eu-west-1" }] },
    });
    assert.ok(!("endpointURL" in spec.configuration));
    assert.partialDeepStrictEqual(of({ api: "s3", bucket: "acme", endpoint: "https://s3.test" }), {
      configuration: { endpointURL: "https://s3.test" },
    });
  });

  it("gcs: by the metadata server", () => {
    assert.partialDeepStrictEqual(of({ api: "gcs", bucket: "acme" }), {
      configuration: {
        destinationPath: "gs://acme/studio/postgres-archive",
        googleCredentials: { gkeEnvironment: true },
      },
    });
  });

  it("azblob: by the account's address, as the pod", () => {
    const endpoint = "https://acme.blob.core.windows.net";
    assert.partialDeepStrictEqual(of({ api: "azblob", bucket: "backups", endpoint }), {
      configuration: {
        destinationPath: "https://acme.blob.core.windows.net/backups/studio/postgres-archive",
        azureCredentials: { useDefaultAzureCredentials: true },
      },
    });
  });

  it("refuses keys, which the plugin would not read", async () => {
    let messages: string[] = [];
    await recordOn(({ earlier }) => {
      const credentials = { kind: "Secret", name: "k", keys: [], checksums: {}, object: earlier };
      const store = { ...S3_ARCHIVE.store, credentials: credentials as ConfigSource };
      messages = checkArchive({ ...S3_ARCHIVE, store }).map(describeProblem);
    });
    assert.deepEqual(messages, [
      "store.credentials: expected nothing, because the operator's plugin is known by workload " +
        "identity. Leave it out.",
    ]);
  });
});
