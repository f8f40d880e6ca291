import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ObjectStore } from "../../../components/core/cluster-handle.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import type { Grant, ServiceAccountRef } from "../../../components/core/workload-identity.ts";
import { checkPlatform } from "../../../components/platform/check.ts";
import { Platform } from "../../../components/platform/index.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { longestGapHours, veleroAlerts } from "../../../components/platform/velero-alerts.ts";
import {
  checkVeleroStore,
  veleroGrants,
  veleroStorage,
} from "../../../components/platform/velero-storage.ts";
import { byName, byType } from "../../../plan/recording.ts";
import { platformCluster } from "../../support/platform-cluster.ts";
import { platformOff } from "../../support/platform-off.ts";
import { dependencyNames, recordOn } from "../../support/recorded-program.ts";

const STORES = {
  s3: { api: "s3", bucket: "acme-backups", region: "eu-west-1" },
  gcs: { api: "gcs", bucket: "acme-backups", region: "europe-west1" },
  azblob: {
    api: "azblob",
    bucket: "backups",
    region: "westeurope",
    endpoint: "https://acmebackups.blob.core.windows.net",
  },
} as const satisfies Record<ObjectStore["api"], ObjectStore>;

const ON = { ...PLATFORM_DEFAULTS.velero, enabled: true };

/** A platform with Velero alone, on a cluster with that store; and what was asked of the cluster. */
async function recordVelero(store: ObjectStore, monitored = false) {
  const asked: { account: ServiceAccountRef; grants: readonly Grant[] }[] = [];
  const recording = await recordOn(({ providers, earlier }) => {
    const cluster = platformCluster({
      objectStores: { backups: store },
      networkPeers: {
        ...platformCluster().networkPeers,
        objectStorage: [{ cidr: "10.9.0.0/24", ports: [{ port: 443, protocol: "TCP" }] }],
        identityEndpoint: [{ cidr: "169.254.1.1/32", ports: [{ port: 80, protocol: "TCP" }] }],
      },
      identityFor: (account, grants) => {
        asked.push({ account, grants });
        return {
          serviceAccountAnnotations: { "cloud.test/client": pulumi.output("id-1") },
          podLabels: { "cloud.test/use": "true" },
          ready: [earlier],
        };
      },
    });
    const off = platformOff({ guard: "relaxed", cluster, velero: ON });
    const monitoring = { ...off.monitoring, enabled: monitored };
    new Platform("platform", { ...off, monitoring }, { providers });
  });
  const release = byName(recording, "platform-velero-release");
  return { recording, asked, release, values: release.inputs["values"] as Values };
}

interface Values {
  readonly [key: string]: unknown;
  readonly initContainers: readonly { readonly image: string }[];
  readonly serviceAccount: { readonly server: { readonly annotations: object; name: string } };
  readonly metrics: { readonly prometheusRule: object; readonly serviceMonitor: object };
  readonly schedules: { readonly cluster: { readonly template: { readonly ttl: string } } };
}

describe("Velero", () => {
  for (const [api, store] of Object.entries(STORES)) {
    it(`${api}: one release with the plugin for it, under an identity that it waits for`, async () => {
      const { asked, release, values, recording } = await recordVelero(store);
      assert.deepEqual(asked, [
        { account: { namespace: "velero", name: "velero" }, grants: veleroGrants(store) },
      ]);
      assert.match(values.initContainers[0]?.image ?? "", /^docker\.io\/velero\/.+:v1\.14\./);
      assert.equal(values.serviceAccount.server.name, "velero");
      assert.deepEqual(values.serviceAccount.server.annotations, { "cloud.test/client": "id-1" });
      assert.deepEqual(values["podLabels"], { "cloud.test/use": "true" });
      assert.deepEqual(values["credentials"], { useSecret: false });
      assert.ok(dependencyNames(release).includes("test-earlier"));
      // From the crds folder: nothing else brings the definitions.
      assert.equal(release.inputs["skipCrds"], false);
      assert.equal(byType(recording, "kubernetes:core/v1:Secret").length, 0);
    });
  }

  it("may reach the store and whoever knows its identity, and no more of the outside", async () => {
    const { recording } = await recordVelero(STORES.s3);
    const { spec } = byName(recording, "platform-velero-home-traffic").inputs as {
      spec: { egress: { to: { ipBlock?: { cidr: string } }[]; ports: { port: number }[] }[] };
    };
    const outside = spec.egress.flatMap(({ to, ports }) =>
      to.flatMap(({ ipBlock }) =>
        ipBlock === undefined ? [] : [[ipBlock.cidr, ports.map(({ port }) => port)]],
      ),
    );
    assert.deepEqual(outside, [
      // The API server, whose address this cluster does not tell.
      ["0.0.0.0/0", [443, 6443]],
      ["10.9.0.0/24", [443]],
      ["169.254.1.1/32", [80]],
    ]);
  });

  it("is watched where something watches", async () => {
    const off = (await recordVelero(STORES.s3)).values.metrics;
    assert.deepEqual(off.serviceMonitor, { enabled: false, autodetect: false });
    assert.deepEqual(off.prometheusRule, { enabled: false, autodetect: false });
    const on = (await recordVelero(STORES.s3, true)).values.metrics;
    assert.deepEqual(on.serviceMonitor, { enabled: true, autodetect: false });
    assert.deepEqual(on.prometheusRule, {
      enabled: true,
      autodetect: false,
      spec: veleroAlerts(ON.schedule),
    });
  });

  it("keeps a backup for as many days as are asked for", async () => {
    const { values } = await recordVelero(STORES.gcs);
    assert.equal(values.schedules.cluster.template.ttl, `${14 * 24}h0m0s`);
  });
});

describe("veleroGrants", () => {
  it("s3: the bucket and snapshots, which the plugin takes itself", () => {
    assert.deepEqual(veleroGrants(STORES.s3), [
      { purpose: "read-write-bucket", bucket: "acme-backups" },
      { purpose: "snapshot-volumes" },
    ]);
  });

  for (const api of ["gcs", "azblob"] as const) {
    it(`${api}: the bucket alone, because the driver takes snapshots`, () => {
      const { bucket } = STORES[api];
      assert.deepEqual(veleroGrants(STORES[api]), [{ purpose: "read-write-bucket", bucket }]);
    });
  }
});

describe("veleroStorage", () => {
  const location = (store: ObjectStore) => {
    const { configuration } = veleroStorage(store) as unknown as {
      configuration: {
        backupStorageLocation: {
          provider: string;
          bucket: string;
          prefix: string;
          config: object;
        }[];
      };
    };
    const [first] = configuration.backupStorageLocation;
    assert.ok(first);
    return first;
  };

  const cases: [ObjectStore, string, object][] = [
    [STORES.s3, "aws", { region: "eu-west-1" }],
    [
      { ...STORES.s3, endpoint: "https://s3.acme.test" },
      "aws",
      { region: "eu-west-1", s3Url: "https://s3.acme.test", s3ForcePathStyle: "true" },
    ],
    [STORES.gcs, "gcp", { serviceAccount: "none" }],
    [
      STORES.azblob,
      "azure",
      {
        storageAccount: "acmebackups",
        storageAccountURI: "https://acmebackups.blob.core.windows.net",
        useAAD: "true",
      },
    ],
  ];
  for (const [store, provider, config] of cases) {
    it(`${store.api}, ${store.endpoint ?? "its own endpoint"}`, () => {
      const found = location(store);
      assert.equal(found.provider, provider);
      assert.equal(found.bucket, store.bucket);
      assert.equal(found.prefix, "velero");
      assert.deepEqual(found.config, config);
    });
  }

  it("asks the driver for snapshots where the plugin may not take them", () => {
    for (const store of [STORES.gcs, STORES.azblob]) {
      const { configuration, snapshotsEnabled, extraObjects } = veleroStorage(store);
      assert.equal((configuration as { features?: string }).features, "EnableCSI");
      assert.equal(snapshotsEnabled, false);
      const [made] = extraObjects as unknown as {
        kind: string;
        driver: string;
        deletionPolicy: string;
        metadata: { labels: Record<string, string> };
      }[];
      assert.equal(made?.kind, "VolumeSnapshotClass");
      assert.equal(made.deletionPolicy, "Retain");
      assert.equal(made.metadata.labels["velero.io/csi-volumesnapshot-class"], "true");
    }
    assert.deepEqual(veleroStorage(STORES.s3)["extraObjects"], []);
    assert.equal(veleroStorage(STORES.s3)["snapshotsEnabled"], true);
  });
});

describe("checks of Velero", () => {
  const messages = (store: ObjectStore | undefined, enabled = true) =>
    checkVeleroStore({ ...ON, enabled }, store).map(describeProblem);

  it("refuses a cluster without a store, unless it is off", () => {
    assert.deepEqual(messages(undefined), [
      "velero.enabled: got true, expected false, because the cluster has no object store for backups. " +
        "Turn it off, or use a cluster that Slipway makes in a cloud.",
    ]);
    assert.deepEqual(messages(undefined, false), []);
  });

  it("refuses a store of Azure's kind whose account it cannot tell", () => {
    assert.deepEqual(messages({ api: "azblob", bucket: "backups" }), [
      "velero.enabled: got true, expected a store whose endpoint begins with its account, because its " +
        "kind is azblob. Set objectStores.backups.endpoint of the cluster to https://ACCOUNT.blob.HOST.",
    ]);
    for (const store of Object.values(STORES)) assert.deepEqual(messages(store), []);
  });

  it("refuses a schedule that is none", () => {
    const check = (schedule: string) =>
      checkPlatform(platformOff({ velero: { ...ON, schedule } }), "relaxed").map(describeProblem);
    assert.deepEqual(check("0 1 * * *"), []);
    assert.deepEqual(check("daily"), [
      'velero.schedule: got "daily", expected five fields such as "0 2 * * *". Write minute, hour, day ' +
        "of month, month and day of week.",
    ]);
  });
});

describe("longestGapHours", () => {
  const cases: [string, number][] = [
    ["0 1 * * *", 24],
    ["*/30 * * * *", 24],
    ["0 1 * * 0", 7 * 24],
    ["0 1 1 * *", 31 * 24],
    ["0 1 1 1 *", 366 * 24],
  ];
  for (const [schedule, hours] of cases) {
    it(`${schedule}: ${hours}`, () => {
      assert.equal(longestGapHours(schedule), hours);
    });
  }

  it("is what an overdue backup is measured by, with two hours of grace", () => {
    const [, overdue] = veleroAlerts("0 1 * * 0");
    assert.match(overdue?.["expr"] as string, new RegExp(`> ${(7 * 24 + 2) * 3600}$`));
  });
});
