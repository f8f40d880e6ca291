import assert from "node:assert/strict";
import fc from "fast-check";
import type { ObjectStore } from "../../../components/core/cluster-handle.ts";
import { checkBackupStore, storeEnv } from "../../../components/workloads/backup-store.ts";
import {
  backupConnections,
  backupSize,
  restoreJobName,
  type BackupSource,
} from "../../../components/workloads/index.ts";
import { DATABASE_PEERS } from "../../support/managed-postgres.ts";
import { S3_STORE } from "../../support/backup-fixtures.ts";

const storeOf = (objectStore: ObjectStore) => ({ ...S3_STORE, objectStore });

describe("storeEnv", () => {
  const endpoint = "https://studio.blob.core.windows.net";

  it("speaks to Google's store as the pod's own identity", () => {
    assert.deepEqual(storeEnv(storeOf({ api: "gcs", bucket: "backups" })), {
      RCLONE_CONFIG_STORE_TYPE: "google cloud storage",
      RCLONE_CONFIG_STORE_ENV_AUTH: "true",
      RCLONE_CONFIG_STORE_BUCKET_POLICY_ONLY: "true",
      RCLONE_CONFIG_STORE_NO_CHECK_BUCKET: "true",
      STORE: "store:backups/kaizen-studio/postgres",
    });
  });

  it("takes Azure's account from the endpoint", () => {
    assert.deepEqual(storeEnv(storeOf({ api: "azblob", bucket: "backups", endpoint })), {
      RCLONE_CONFIG_STORE_TYPE: "azureblob",
      RCLONE_CONFIG_STORE_ENV_AUTH: "true",
      RCLONE_CONFIG_STORE_NO_CHECK_CONTAINER: "true",
      RCLONE_CONFIG_STORE_ACCOUNT: "studio",
      RCLONE_CONFIG_STORE_ENDPOINT: endpoint,
      STORE: "store:backups/kaizen-studio/postgres",
    });
  });

  it("takes a store with an endpoint of its own for no service of Amazon's", () => {
    const env = storeEnv(storeOf({ api: "s3", bucket: "b", endpoint: "https://minio.test" }));
    assert.equal(env["RCLONE_CONFIG_STORE_PROVIDER"], "Other");
    assert.equal(env["RCLONE_CONFIG_STORE_ENDPOINT"], "https://minio.test");
  });
});

describe("checkBackupStore", () => {
  it("needs an endpoint to know Azure's account", () => {
    const expected = "https://ACCOUNT.blob.core.windows.net, because the API is azblob";
    const remedy = "Name the storage account's blob endpoint.";
    assert.deepEqual(checkBackupStore(storeOf({ api: "azblob", bucket: "backups" })), [
      { path: "objectStore.endpoint", expected, remedy },
    ]);
    assert.deepEqual(checkBackupStore(S3_STORE), []);
  });
});

describe("checkBackupStore, of the way there", () => {
  it("refuses a store to which the namespace lets nothing out", () => {
    const [problem] = checkBackupStore({ ...S3_STORE, peers: [] });
    assert.equal(problem?.path, "peers");
  });
});

describe("backupConnections", () => {
  const source = { part: "postgres", port: 5432 } as BackupSource;

  it("reaches the server, and the store where there is one", () => {
    const from = { part: "postgres-backup" };
    const server = { from, to: { part: "postgres" }, port: 5432 };
    const component = "postgres-backup";
    assert.deepEqual(backupConnections({ component, source }), [server]);
    assert.deepEqual(backupConnections({ component, source, store: S3_STORE }), [
      server,
      { from, to: { addresses: S3_STORE.peers } },
    ]);
  });

  it("goes to the addresses of a server outside, which bring their own port", () => {
    const component = "orders-backup";
    const outside = { addresses: DATABASE_PEERS, port: 5432 };
    assert.deepEqual(backupConnections({ component, source: outside }), [
      { from: { part: component }, to: { addresses: DATABASE_PEERS } },
    ]);
  });
});

describe("backupSize", () => {
  it("holds a run, a restore and the volume", () => {
    const volume = { size: "100Gi", storageClass: "standard" };
    const { maxReplicas, claims } = backupSize({ volume });
    assert.deepEqual([maxReplicas, claims], [2, ["100Gi"]]);
  });
});

describe("restoreJobName", () => {
  const request = fc.record({ file: fc.string(), requestedAt: fc.string() });

  it("differs for different requests, and always fits", () => {
    fc.assert(
      fc.property(request, request, (one, other) => {
        const component = "c".repeat(43);
        const [a, b] = [one, other].map((each) => restoreJobName({ component }, each));
        assert.ok((a ?? "").length <= 63);
        const same = one.file === other.file && one.requestedAt === other.requestedAt;
        assert.equal(a === b, same);
      }),
    );
  });
});
