import * as pulumi from "@pulumi/pulumi";
import { AksCluster } from "../../components/clusters/aks/aks-cluster.ts";
import type { AksClusterArgs } from "../../components/clusters/cloud-context.ts";
import type { AksSettings } from "../../components/clusters/settings.ts";
import type { ManagedPostgresRequest } from "../../components/core/managed-postgres.ts";
import { record, type Recording } from "../../plan/recording.ts";
import { KNOWN_SECRET, type ComponentFixture } from "./component-contract.ts";

export const SUBSCRIPTION = "11111111-1111-4111-8111-111111111111";
export const TENANT = "22222222-2222-4222-8222-222222222222";
export const DEPLOYER = "33333333-3333-4333-8333-333333333333";
export const ADMINS = "44444444-4444-4444-8444-444444444444";
export const VIEWERS = "55555555-5555-4555-8555-555555555555";

/** Settings that guard strict accepts. */
export const aksSettings: AksSettings = {
  kind: "aks",
  subscription: SUBSCRIPTION,
  tenant: TENANT,
  name: "shop-prod",
  region: "westeurope",
  zones: ["1", "2", "3"],
  kubernetesVersion: "1.35",
  endpoint: "restricted",
  allowedCidrs: ["192.0.2.0/24"],
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
      machineType: "Standard_D4s_v3",
      minNodes: 5,
      maxNodes: 20,
      diskGb: 100,
      spot: false,
    },
    {
      name: "system",
      role: "system",
      machineType: "Standard_D2ds_v5",
      minNodes: 3,
      maxNodes: 6,
      diskGb: 64,
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

export const aksArgs: AksClusterArgs = {
  ...aksSettings,
  guard: "strict",
  webhookPorts: [10250, 8443],
};

/** What guard relaxed is there for. */
export const RELAXED = {
  guard: "relaxed",
  deletionProtection: false,
  retainData: false,
  storage: { reclaimPolicy: "Delete", rwx: false },
} as const satisfies Partial<AksClusterArgs>;

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

interface RecordedAks<T> {
  readonly recording: Recording;
  readonly handle: AksCluster;
  readonly used: T;
}

/** Recordings that were made already: most tests look at the same few clusters. */
const recorded = new Map<string, Promise<RecordedAks<undefined>>>();

/** A recorded cluster called `cluster`. */
export function recordAks(more: Partial<AksClusterArgs> = {}): Promise<RecordedAks<undefined>> {
  const key = JSON.stringify(more);
  const known = recorded.get(key);
  if (known !== undefined) return known;
  const made = recordAksWith(more, () => undefined);
  recorded.set(key, made);
  return made;
}

/** A recorded cluster called `cluster`, and what `use` made of it. */
export async function recordAksWith<T>(
  more: Partial<AksClusterArgs>,
  use: (cluster: AksCluster) => T,
): Promise<RecordedAks<T>> {
  let made: { readonly handle: AksCluster; readonly used: T } | undefined;
  const recording = await record(
    () => {
      const handle = new AksCluster("cluster", { ...aksArgs, ...more });
      made = { handle, used: use(handle) };
    },
    { stack: "test" },
  );
  if (made === undefined) throw new Error("The program made no cluster.");
  return { recording, ...made };
}

export const AKS_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  AksCluster: {
    onlyOnce: "each is a cluster of its own, with classes of the same names",
    create: (name, _, opts) => {
      const cluster = new AksCluster(
        name,
        {
          ...aksArgs,
          name,
          endpoint: "private",
          allowedCidrs: [],
          registry: true,
          dnsDomain: "shop.test",
        },
        opts,
      );
      cluster.managedPostgres("main", postgresRequest());
      cluster.identityFor({ namespace: "backup", name: "backup" }, [
        { purpose: "read-write-bucket", bucket: "backups" },
      ]);
      return cluster;
    },
  },
};
