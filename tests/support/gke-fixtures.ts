import * as pulumi from "@pulumi/pulumi";
import type { GkeClusterArgs } from "../../components/clusters/cloud-context.ts";
import { GkeCluster } from "../../components/clusters/gke/gke-cluster.ts";
import type { GkeSettings } from "../../components/clusters/settings.ts";
import type { ManagedPostgresRequest } from "../../components/core/managed-postgres.ts";
import { cloudAccount } from "../../plan/recording/cloud-outputs/index.ts";
import { record, type Recording } from "../../plan/recording.ts";
import { KNOWN_SECRET, type ComponentFixture } from "./component-contract.ts";

export const PROJECT = "shop-test";
/** The number that stands for the project's in recordings. */
export const PROJECT_NUMBER = cloudAccount({ project: PROJECT }).projectNumber;
export const DEPLOYER = "serviceAccount:deployer@shop-test.iam.gserviceaccount.com";
export const ADMINS = "group:admins@example.com";
export const VIEWERS = "group:developers@example.com";

/** Settings that guard strict accepts. */
export const gkeSettings: GkeSettings = {
  kind: "gke",
  project: PROJECT,
  name: "shop-prod",
  region: "europe-west1",
  zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
  kubernetesVersion: "1.35",
  endpoint: "dns",
  allowedCidrs: [],
  deployer: DEPLOYER,
  admins: [ADMINS],
  viewers: [VIEWERS],
  network: {
    cidr: "10.96.0.0/16",
    pods: "10.100.0.0/14",
    services: "10.104.0.0/20",
    peers: [],
  },
  nodePools: [
    {
      name: "general",
      role: "general",
      machineType: "n2-standard-4",
      minNodes: 5,
      maxNodes: 20,
      diskGb: 100,
      spot: false,
    },
    {
      name: "system",
      role: "system",
      machineType: "e2-standard-2",
      minNodes: 3,
      maxNodes: 6,
      diskGb: 50,
      spot: false,
    },
  ],
  storage: { reclaimPolicy: "Retain", rwx: false },
  maintenance: {
    days: ["Saturday", "Sunday"],
    start: "02:00",
    hours: 8,
    exclusions: [{ name: "sale", from: "2026-11-27T08:00:00Z", until: "2026-12-01T00:00:00Z" }],
  },
  logRetentionDays: 90,
  deletionProtection: true,
  retainData: true,
  registry: false,
};

export const gkeArgs: GkeClusterArgs = {
  ...gkeSettings,
  guard: "strict",
  webhookPorts: [10250, 8443],
};

/** What guard relaxed is there for. */
export const RELAXED = {
  guard: "relaxed",
  deletionProtection: false,
  retainData: false,
} as const satisfies Partial<GkeClusterArgs>;

/** Call inside a recorded program only: it makes an output. */
export function postgresRequest(more: Partial<ManagedPostgresRequest> = {}) {
  return {
    version: "15",
    size: { cpu: "2", memory: "6Gi" },
    storage: "100Gi",
    databases: ["orders"],
    adminUser: "shop",
    adminPassword: pulumi.secret(KNOWN_SECRET),
    highlyAvailable: true,
    backupDays: 14,
    retain: true,
    ...more,
  };
}

/** A recorded cluster called `cluster`, and what `use` made of it. */
export async function recordGke<T>(
  more: Partial<GkeClusterArgs> = {},
  use: (cluster: GkeCluster) => T = () => undefined as T,
): Promise<{ readonly recording: Recording; readonly handle: GkeCluster; readonly used: T }> {
  let made: { readonly handle: GkeCluster; readonly used: T } | undefined;
  const recording = await record(
    () => {
      const handle = new GkeCluster("cluster", { ...gkeArgs, ...more });
      made = { handle, used: use(handle) };
    },
    { stack: "test" },
  );
  if (made === undefined) throw new Error("The program made no cluster.");
  return { recording, ...made };
}

export const GKE_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  GkeCluster: {
    onlyOnce: "each is a cluster of its own, with classes of the same names",
    create: (name, _, opts) => {
      const cluster = new GkeCluster(
        name,
        {
          ...gkeArgs,
          name,
          registry: true,
          dnsDomain: "shop.test",
          storage: { reclaimPolicy: "Retain", rwx: true },
        },
        opts,
      );
      cluster.managedPostgres("main", postgresRequest());
      cluster.writeSecret("main", { value: pulumi.secret(KNOWN_SECRET), retain: true });
      cluster.identityFor({ namespace: "backup", name: "backup" }, [
        { purpose: "read-write-bucket", bucket: cluster.objectStores.backups?.bucket ?? "" },
      ]);
      return cluster;
    },
  },
};
