import type { ObjectStore } from "../core/cluster-handle.ts";
import type { Problem } from "../core/problem.ts";
import type { Grant } from "../core/workload-identity.ts";
import type { ChartValues } from "./chart-values.ts";
import type { VeleroSettings } from "./velero-settings.ts";

type Api = ObjectStore["api"];

/**
 * Plugins by the kind of store they speak to. A new minor of Velero has one of its own: v1.14 goes with
 * 1.18 (github.com/vmware-tanzu/velero-plugin-for-aws, table of compatibility).
 */
export const VELERO_PLUGINS = {
  s3: { provider: "aws", image: "docker.io/velero/velero-plugin-for-aws:v1.14.2" },
  gcs: { provider: "gcp", image: "docker.io/velero/velero-plugin-for-gcp:v1.14.2" },
  azblob: {
    provider: "azure",
    image: "docker.io/velero/velero-plugin-for-microsoft-azure:v1.14.2",
  },
} as const satisfies Record<Api, { provider: string; image: string }>;

/**
 * Drivers of volumes that take snapshots when the API server is asked, beside stores whose plugin cannot
 * do it with the rights that a pod has. Beside s3 the plugin takes them itself.
 */
const SNAPSHOT_DRIVERS: Readonly<Partial<Record<Api, string>>> = {
  gcs: "pd.csi.storage.gke.io",
  azblob: "disk.csi.azure.com",
};

/** Apart from the dumps of data stores, which lie in the same bucket under their namespaces. */
const PREFIX = "velero";

/** What Velero has to be allowed in the cloud: snapshots only where it takes them itself. */
export function veleroGrants({ api, bucket }: ObjectStore): Grant[] {
  return [
    { purpose: "read-write-bucket", bucket },
    ...(api in SNAPSHOT_DRIVERS ? [] : [{ purpose: "snapshot-volumes" } as const]),
  ];
}

/** Values of the chart that say where backups and snapshots go. */
export function veleroStorage(store: ObjectStore): ChartValues {
  const { provider } = VELERO_PLUGINS[store.api];
  const driver = SNAPSHOT_DRIVERS[store.api];
  return {
    configuration: {
      backupStorageLocation: [
        {
          name: "default",
          provider,
          bucket: store.bucket,
          prefix: PREFIX,
          default: true,
          config: locationConfig(store),
        },
      ],
      ...(driver === undefined
        ? { volumeSnapshotLocation: [{ name: "default", provider, config: regionOf(store) }] }
        : { features: "EnableCSI" }),
    },
    snapshotsEnabled: driver === undefined,
    extraObjects: driver === undefined ? [] : [snapshotClass(driver)],
  };
}

function regionOf({ region }: ObjectStore): ChartValues {
  return region === undefined ? {} : { region };
}

function locationConfig(store: ObjectStore): ChartValues {
  const { api, endpoint } = store;
  switch (api) {
    case "s3":
      return {
        ...regionOf(store),
        // Stores other than Amazon's seldom have a name for each bucket.
        ...(endpoint === undefined ? {} : { s3Url: endpoint, s3ForcePathStyle: "true" }),
      };
    case "gcs":
      // The plugin does not start without an account whose key signs links for downloads. Pods here are
      // nobody's account, so there are no links; docs/runbooks/velero.md has the way around.
      return { serviceAccount: "none" };
    case "azblob":
      // With the address at hand the plugin asks Azure's management for nothing.
      return {
        storageAccount: accountOf(endpoint),
        storageAccountURI: endpoint ?? "",
        useAAD: "true",
      };
  }
}

/** The first part of the host: https://ACCOUNT.blob.core.windows.net. */
function accountOf(endpoint = ""): string {
  return /^https:\/\/([^./]+)\./.exec(endpoint)?.[1] ?? "";
}

/** Made by the chart, so that it comes and goes with Velero. The snapshots outlive it. */
function snapshotClass(driver: string): ChartValues {
  return {
    apiVersion: "snapshot.storage.k8s.io/v1",
    kind: "VolumeSnapshotClass",
    metadata: {
      name: "velero",
      labels: { "velero.io/csi-volumesnapshot-class": "true" },
    },
    driver,
    // Velero deletes snapshots with their backup; nobody else may.
    deletionPolicy: "Retain",
  };
}

/** Problems of Velero on a cluster: it has nowhere to put a backup. */
export function checkVeleroStore(
  { enabled }: VeleroSettings,
  store: ObjectStore | undefined,
): Problem[] {
  if (!enabled) return [];
  if (store === undefined) {
    return [
      {
        path: "velero.enabled",
        got: "true",
        expected: "false, because the cluster has no object store for backups",
        remedy: "Turn it off, or use a cluster that Slipway makes in a cloud.",
      },
    ];
  }
  if (store.api !== "azblob" || accountOf(store.endpoint) !== "") return [];
  return [
    {
      path: "velero.enabled",
      got: "true",
      expected: "a store whose endpoint begins with its account, because its kind is azblob",
      remedy: "Set objectStores.backups.endpoint of the cluster to https://ACCOUNT.blob.HOST.",
    },
  ];
}
