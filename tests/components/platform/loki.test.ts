import assert from "node:assert/strict";
import { describeProblem } from "../../../components/core/problem.ts";
import type { ObjectStore } from "../../../components/core/cluster-handle.ts";
import type { WorkloadIdentity } from "../../../components/core/workload-identity.ts";
import type { ChartValues } from "../../../components/platform/chart-values.ts";
import {
  checkLogging,
  checkLogLifetime,
  checkLogStore,
} from "../../../components/platform/check-logging.ts";
import {
  LOGGING_DEFAULTS,
  type LoggingSettings,
} from "../../../components/platform/logging-settings.ts";
import { lokiTraffic, lokiValues, replicationFactor } from "../../../components/platform/loki.ts";
import { platformCluster } from "../../support/platform-cluster.ts";

const ON: LoggingSettings = { ...LOGGING_DEFAULTS, enabled: true };
const IDENTITY: WorkloadIdentity = {
  serviceAccountAnnotations: { "cloud.test/role": "loki" },
  podLabels: { "cloud.test/identity": "use" },
  ready: [],
};
const STORES: Readonly<Record<ObjectStore["api"], ObjectStore>> = {
  gcs: { api: "gcs", bucket: "logs-gcs" },
  s3: { api: "s3", bucket: "logs-s3", region: "eu-west-1" },
  azblob: {
    api: "azblob",
    bucket: "logs-azblob",
    endpoint: "https://logsaccount.blob.core.windows.net",
  },
};

const valuesOf = (place?: ObjectStore, settings = ON): ChartValues =>
  lokiValues({
    settings,
    storageClasses: { standard: "slow", fastSsd: "fast" },
    monitored: true,
    ...(place === undefined ? {} : { store: { place, identity: IDENTITY } }),
  });

function at(values: ChartValues, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], values);
}

describe("lokiValues", () => {
  const storage: Record<ObjectStore["api"], object> = {
    gcs: { type: "gcs", bucketNames: { chunks: "logs-gcs" } },
    s3: { type: "s3", bucketNames: { chunks: "logs-s3" }, s3: { region: "eu-west-1" } },
    azblob: {
      type: "azure",
      bucketNames: { chunks: "logs-azblob" },
      azure: { accountName: "logsaccount", useFederatedToken: true },
    },
  };
  for (const [api, expected] of Object.entries(storage)) {
    it(`${api}: keeps lines in the cluster's store, as whom the cloud knows it for`, () => {
      const values = valuesOf(STORES[api as ObjectStore["api"]]);
      assert.deepEqual(at(values, "loki.storage"), expected);
      const type = (expected as { type: string }).type;
      const [schema] = at(values, "loki.schemaConfig.configs") as Record<string, unknown>[];
      assert.equal(schema?.["object_store"], type);
      assert.equal(at(values, "loki.compactor.delete_request_store"), type);
      assert.equal(at(values, "singleBinary.replicas"), 3);
      assert.equal(at(values, "loki.commonConfig.replication_factor"), 3);
      assert.deepEqual(at(values, "serviceAccount.annotations"), { "cloud.test/role": "loki" });
      assert.deepEqual(at(values, "loki.podLabels"), { "cloud.test/identity": "use" });
    });
  }

  it("another store that speaks s3: by its address, and by path", () => {
    const { s3 } = STORES;
    const values = valuesOf({ ...s3, endpoint: "https://store.test" });
    assert.deepEqual(at(values, "loki.storage.s3"), {
      region: "eu-west-1",
      endpoint: "https://store.test",
      s3ForcePathStyle: true,
    });
  });

  it("without a store: everything on the volume of one replica, as nobody", () => {
    const values = valuesOf();
    assert.deepEqual(at(values, "loki.storage"), { type: "filesystem" });
    assert.equal(at(values, "loki.compactor.delete_request_store"), "filesystem");
    assert.equal(at(values, "singleBinary.replicas"), 1);
    assert.equal(at(values, "loki.commonConfig.replication_factor"), 1);
    assert.deepEqual(at(values, "singleBinary.podDisruptionBudget"), { enabled: false });
    assert.equal(values["serviceAccount"], undefined);
  });

  it("deletes what is older than it may be", () => {
    const values = valuesOf(STORES.s3, { ...ON, retentionDays: 30 });
    assert.equal(at(values, "loki.compactor.retention_enabled"), true);
    assert.deepEqual(at(values, "loki.structuredConfig"), {
      limits_config: { retention_period: "720h" },
    });
  });

  it("runs no part of the other modes, and no cache of gigabytes", () => {
    const values = valuesOf(STORES.s3);
    assert.equal(values["deploymentMode"], "Monolithic");
    for (const part of ["backend", "read", "write"])
      assert.equal(at(values, `${part}.replicas`), 0);
    const off = ["gateway", "chunksCache", "resultsCache", "lokiCanary", "test", "ruler"];
    for (const part of off) assert.equal(at(values, `${part}.enabled`), false, part);
  });

  it("keeps its volume on the standard class, spread wherever there is room", () => {
    const values = valuesOf(STORES.s3, { ...ON, storage: "20Gi" });
    assert.deepEqual(at(values, "singleBinary.persistence"), {
      size: "20Gi",
      storageClass: "slow",
    });
    assert.deepEqual(at(values, "singleBinary.podDisruptionBudget"), {
      enabled: true,
      minAvailable: 2,
    });
    const required =
      "singleBinary.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution";
    assert.deepEqual(at(values, required), []);
  });
});

describe("replicationFactor", () => {
  it("is three from three on, so that two agree when one is lost", () => {
    assert.deepEqual([1, 3, 4, 9].map(replicationFactor), [1, 3, 3, 3]);
  });
});

describe("lokiTraffic", () => {
  const peer = (cidr: string) => ({ cidr, ports: [{ port: 443, protocol: "TCP" as const }] });
  const networkPeers = {
    ...platformCluster().networkPeers,
    objectStorage: [peer("10.1.0.0/24")],
    identityEndpoint: [peer("10.2.0.0/24")],
    managedData: [peer("10.3.0.0/24")],
  };

  it("lets Fluent Bit and Grafana in on one port, and Loki out to its store", () => {
    const cluster = platformCluster({ networkPeers, objectStores: { logs: STORES.s3 } });
    const { from = [], addresses, metrics } = lokiTraffic(cluster);
    assert.deepEqual(addresses, [peer("10.1.0.0/24"), peer("10.2.0.0/24")]);
    assert.deepEqual(
      from.map(({ pods, ports }) => [pods.namespaceLabels["kubernetes.io/metadata.name"], ports]),
      [
        ["fluent-bit", [3100]],
        ["monitoring", [3100]],
      ],
    );
    assert.deepEqual(metrics, [3100]);
  });

  it("has nowhere to go without a store", () => {
    assert.deepEqual(lokiTraffic(platformCluster({ networkPeers })).addresses, []);
  });
});

describe("checks of logging", () => {
  const text = (problems: readonly Parameters<typeof describeProblem>[0][]) =>
    problems.map(describeProblem);

  it("refuse two replicas, of which neither can go on alone, and a size without a unit", () => {
    assert.deepEqual(text(checkLogging({ ...ON, replicas: 2, storage: "10" })), [
      'storage: got "10", expected a quantity with a unit, such as "512Mi" or "2Gi". Add one of the ' +
        "units Ki, Mi, Gi, Ti.",
      "replicas: got 2, expected 1, or 3 and more. Write 3: of two neither can go on without the other.",
    ]);
    assert.deepEqual(checkLogging({ ...ON, enabled: false, replicas: 2 }), []);
    for (const replicas of [1, 3, 4]) assert.deepEqual(checkLogging({ ...ON, replicas }), []);
  });

  it("refuse under strict a volume that one replica alone can have", () => {
    assert.deepEqual(text(checkLogStore(ON, undefined, "strict")), [
      "logging.enabled: got true, expected false, because slipway:guard is strict and the cluster has " +
        "no object store for logs: on a volume there is one replica alone. Turn it off, or use a " +
        "cluster that Slipway makes in a cloud.",
    ]);
    assert.deepEqual(checkLogStore(ON, undefined, "relaxed"), []);
    assert.deepEqual(checkLogStore(LOGGING_DEFAULTS, undefined, "strict"), []);
    for (const store of Object.values(STORES)) {
      assert.deepEqual(checkLogStore(ON, store, "strict"), []);
    }
  });

  it("refuse a store of blobs that does not say whose account it is in", () => {
    const nameless: ObjectStore = { api: "azblob", bucket: "logs" };
    assert.deepEqual(text(checkLogStore(ON, nameless, "relaxed")), [
      "logging.enabled: got true, expected a store whose endpoint begins with its account, because its " +
        "kind is azblob. Set objectStores.logs.endpoint of the cluster to https://ACCOUNT.blob.HOST.",
    ]);
  });

  it("refuse a promise that the store's own rule breaks", () => {
    assert.deepEqual(text(checkLogLifetime({ ...ON, retentionDays: 8 }, 7)), [
      "logging.retentionDays: got 8, expected at most cluster.logRetentionDays (7), after which the " +
        "store deletes them. Lower it, or raise cluster.logRetentionDays.",
    ]);
    assert.deepEqual(checkLogLifetime(ON, 7), []);
    assert.deepEqual(checkLogLifetime({ ...LOGGING_DEFAULTS, retentionDays: 8 }, 7), []);
  });
});
