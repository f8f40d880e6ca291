import * as pulumi from "@pulumi/pulumi";
import type { EksClusterArgs } from "../../components/clusters/cloud-context.ts";
import { EksCluster } from "../../components/clusters/eks/eks-cluster.ts";
import type { CloudNodePoolSettings, EksSettings } from "../../components/clusters/settings.ts";
import type { ManagedPostgresRequest } from "../../components/core/managed-postgres.ts";
import { byName, record, type RecordedResource, type Recording } from "../../plan/recording.ts";
import { KNOWN_SECRET, type ComponentFixture } from "./component-contract.ts";

export const ACCOUNT = "111122223333";
export const roleArn = (role: string) => `arn:aws:iam::${ACCOUNT}:role/${role}`;

export const nodePool = (more: Partial<CloudNodePoolSettings> = {}): CloudNodePoolSettings => ({
  name: "general",
  role: "general",
  machineType: "t3.xlarge",
  minNodes: 5,
  maxNodes: 20,
  diskGb: 100,
  spot: false,
  ...more,
});

const SYSTEM_POOL = nodePool({
  name: "system",
  role: "system",
  machineType: "t3.large",
  minNodes: 3,
  maxNodes: 6,
  diskGb: 50,
});

/** Settings that guard strict accepts. */
export const eksSettings: EksSettings = {
  kind: "eks",
  account: ACCOUNT,
  name: "shop-prod",
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  kubernetesVersion: "1.35",
  endpoint: "restricted",
  allowedCidrs: ["192.0.2.0/24"],
  deployer: roleArn("deployer"),
  admins: [roleArn("platform")],
  viewers: [roleArn("developers")],
  network: { cidr: "10.96.0.0/16", services: "10.104.0.0/20", peers: [] },
  nodePools: [SYSTEM_POOL, nodePool()],
  storage: { reclaimPolicy: "Retain", rwx: false },
  maintenance: { days: ["Saturday", "Sunday"], start: "02:00", hours: 8, exclusions: [] },
  logRetentionDays: 90,
  deletionProtection: true,
  retainData: true,
  registry: false,
};

export const eksArgs: EksClusterArgs = {
  ...eksSettings,
  guard: "strict",
  webhookPorts: [10250, 8443],
};

/** What guard relaxed is there for. */
export const RELAXED = {
  guard: "relaxed",
  deletionProtection: false,
  retainData: false,
  storage: { reclaimPolicy: "Delete", rwx: false },
} as const satisfies Partial<EksClusterArgs>;

/** Everything that is made on request only. */
export const EVERYTHING = {
  registry: true,
  dnsDomain: "shop.test",
  storage: { reclaimPolicy: "Retain", rwx: true },
} as const satisfies Partial<EksClusterArgs>;

/** Call inside a recorded program only: it makes an output. */
export function postgresRequest(
  more: Partial<ManagedPostgresRequest> = {},
): ManagedPostgresRequest {
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

interface RecordedEks<T> {
  readonly recording: Recording;
  readonly handle: EksCluster;
  readonly used: T;
}

/** Recordings that were made already: most tests look at the same few clusters. */
const recorded = new Map<string, Promise<RecordedEks<undefined>>>();

/** A recorded cluster called `cluster`. */
export function recordEks(more: Partial<EksClusterArgs> = {}): Promise<RecordedEks<undefined>> {
  const key = JSON.stringify(more);
  const known = recorded.get(key);
  if (known !== undefined) return known;
  const made = recordEksWith(more, () => undefined);
  recorded.set(key, made);
  return made;
}

/** A recorded cluster called `cluster`, and what `use` made of it. */
export async function recordEksWith<T>(
  more: Partial<EksClusterArgs>,
  use: (cluster: EksCluster) => T,
): Promise<RecordedEks<T>> {
  let made: { readonly handle: EksCluster; readonly used: T } | undefined;
  const recording = await record(
    () => {
      const handle = new EksCluster("cluster", { ...eksArgs, ...more });
      made = { handle, used: use(handle) };
    },
    { stack: "test" },
  );
  if (made === undefined) throw new Error("The program made no cluster.");
  return { recording, ...made };
}

/** Names of the resources that an input of a resource comes from, in alphabetical order. */
export function sourcesOf({ propertyDependencies }: RecordedResource, input: string): string[] {
  const urns = propertyDependencies[input] ?? [];
  return urns.map((urn) => urn.split("::").at(-1) ?? urn).toSorted();
}

/** Names of all that is there before a resource: what it depends on, and what that depends on. */
export function everythingBefore(recording: Recording, name: string): ReadonlySet<string> {
  const byUrn = new Map(recording.resources.map((resource) => [resource.urn, resource]));
  const found = new Set<string>();
  const follow = (urns: readonly string[]) => {
    for (const urn of urns) {
      const resource = byUrn.get(urn);
      if (resource === undefined || found.has(resource.name)) continue;
      found.add(resource.name);
      follow(resource.dependencies);
    }
  };
  follow(byName(recording, name).dependencies);
  return found;
}

/** In order of name: registrations that wait for nothing may overtake each other. */
export function sorted(resources: readonly RecordedResource[]): RecordedResource[] {
  return resources.toSorted((one, other) => one.name.localeCompare(other.name));
}

export const EKS_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  EksCluster: {
    onlyOnce: "each is a cluster of its own, with classes of the same names",
    create: (name, _, opts) => {
      const args = {
        ...eksArgs,
        ...EVERYTHING,
        name,
        endpoint: "private",
        allowedCidrs: [],
      } as const;
      const cluster = new EksCluster(name, args, opts);
      const { bucket } = cluster.objectStores.backups ?? { bucket: "" };
      cluster.managedPostgres("main", postgresRequest());
      cluster.writeSecret("main", { value: pulumi.secret(KNOWN_SECRET), retain: true });
      cluster.identityFor({ namespace: "backup", name: "backup" }, [
        { purpose: "read-write-bucket", bucket },
      ]);
      return cluster;
    },
  },
};
