import type { ManagedPostgres } from "../core/managed-postgres.ts";
import type { SourceKey } from "./config-source.ts";
import type { DataStoreArgs } from "./data-store.ts";
import type { Mount } from "./volume.ts";

/**
 * Who runs the server (E-53): a StatefulSet of ours or the cloud. An operator would be a third mode, with
 * a custom resource for the StatefulSet and the same access.
 */
export type PostgresArgs = StatefulPostgresArgs | ManagedPostgresArgs;

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

/** A server that the cloud runs; here are an exporter and the Secret by which clients find it. */
export interface ManagedPostgresArgs extends Pick<
  DataStoreArgs,
  | "namespace"
  | "system"
  | "monitors"
  | "imageMirrorPrefix"
  | "imagePullSecrets"
  | "priorityClassName"
  | "restartedAt"
  | "suspended"
> {
  readonly mode: "managed";
  /** As the cluster gave it. */
  readonly server: ManagedPostgres;
  /** The part of the system that exports its metrics, and the Deployment's name. @default "postgres" */
  readonly component?: string;
  /** One of those that the server was made with. */
  readonly database: string;
}

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
