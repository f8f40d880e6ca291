import type * as pulumi from "@pulumi/pulumi";
import type { ManagedPostgres } from "../core/managed-postgres.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import type { SecretBackend } from "../core/secret-backend.ts";
import type { SourceKey } from "./config-source.ts";
import type { DataStoreArgs } from "./data-store.ts";
import type { PostgresArchive } from "./postgres-archive.ts";
import type { Mount } from "./volume.ts";

/** Who runs the server (E-53): a StatefulSet of ours, the cloud, or an operator. Clients see the same access. */
export type PostgresArgs = StatefulPostgresArgs | ManagedPostgresArgs | OperatedPostgresArgs;

/** Our own server (E-53). */
export interface StatefulPostgresArgs extends DataStoreArgs {
  readonly mode: "statefulset";
  /** The part of the system, and the StatefulSet's name; the pod is `<component>-0` (K-15). @default "postgres" */
  readonly component?: string;
  /** The name under which others call it (E-33). Changing it breaks their URLs. @default "postgres-service" */
  readonly serviceName?: string;
  /**
   * Official image on Alpine, of any version; another major version needs a restore into a new volume
   * and says so at its start. Not mirrored where it is given. @default PUBLIC_IMAGES.postgres
   */
  readonly image?: string;
  /** Made with the volume (K-15). Changing it later makes no other. */
  readonly database: string;
  /** The owner, made with the volume (K-15). Changing it later makes no other. */
  readonly user: string;
  /** Made in the database at the next start; taking one away leaves it there. @default none */
  readonly extensions?: readonly string[];
  /** Servers; one in mode statefulset. @default 1 */
  readonly replicas?: number;
  /** Settings of the server by name, over those made from the memory it has. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What the pod of an exporter that stands alone is told, beside what it looks at. */
export type ExporterPodArgs = Pick<
  DataStoreArgs,
  | "namespace"
  | "system"
  | "monitors"
  | "imageMirrorPrefix"
  | "imagePullSecrets"
  | "priorityClassName"
  | "restartedAt"
  | "suspended"
>;

/** A server that the cloud runs; here are an exporter and the Secret by which clients find it. */
export interface ManagedPostgresArgs extends ExporterPodArgs {
  readonly mode: "managed";
  /** As the cluster gave it. */
  readonly server: ManagedPostgres;
  /** The part of the system that exports its metrics, and the Deployment's name. @default "postgres" */
  readonly component?: string;
  /** One of those that the server was made with. */
  readonly database: string;
  /** As the platform gives it: where the Secret of the connection comes from. @default native */
  readonly secretBackend?: SecretBackend;
}

/**
 * Servers that CloudNativePG runs: one that is written to, and others that follow it and take its place
 * within a minute (D-74). `workloadIdentity` is that of the ServiceAccount named after the component.
 */
export interface OperatedPostgresArgs extends Omit<
  StatefulPostgresArgs,
  "mode" | "component" | "replicas" | "password"
> {
  readonly mode: "cnpg";
  /** As the platform gives it. */
  readonly operator: NonNullable<PlatformCapabilities["postgresOperator"]>;
  /** The part of the system, and the name of the Cluster; pods are `<component>-1` and up. @default "postgres" */
  readonly component?: string;
  /** As in other modes, for clients. */
  readonly password: SourceKey;
  /** Secret: what stands under that key, which the operator reads in a form of its own. */
  readonly passwordValue: pulumi.Output<string>;
  /**
   * Servers, at least 1. From 3 on a commit waits until a second one has it. More start as copies; fewer
   * delete the volumes of the last. @default 1
   */
  readonly instances?: number;
  /** @default no archive: it can be brought back as of its dumps alone */
  readonly archive?: PostgresArchive;
}

export const OPERATED_DEFAULTS = {
  component: "postgres",
  serviceName: "postgres-service",
  extensions: [],
  parameters: {},
  instances: 1,
} as const satisfies Partial<OperatedPostgresArgs>;

export type FullOperatedArgs = OperatedPostgresArgs &
  Required<Pick<OperatedPostgresArgs, keyof typeof OPERATED_DEFAULTS>>;

export const POSTGRES_DEFAULTS = {
  component: "postgres",
  serviceName: "postgres-service",
  extensions: [],
  replicas: 1,
  parameters: {},
} as const satisfies Partial<StatefulPostgresArgs>;

export type FullStatefulArgs = StatefulPostgresArgs &
  Required<Pick<StatefulPostgresArgs, keyof typeof POSTGRES_DEFAULTS>>;

export type FullManagedArgs = ManagedPostgresArgs &
  Required<Pick<ManagedPostgresArgs, "component">>;

/** Ports of the pod and of the Service (E-33, D-59). */
export const POSTGRES_PORTS = { postgres: 5432, metrics: 9187 } as const;

/** What a pod is given to reach the database; Connections has to let it out besides. */
export interface PostgresAccess {
  readonly host: string | SourceKey;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: SourceKey;
  /** All of it as a URL; absent in mode statefulset, where the password's own Secret may hold one. */
  readonly url?: SourceKey;
  /** By which clients of libpq's kind encrypt, as a cloud's server wants it. */
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
}
