import type * as pulumi from "@pulumi/pulumi";
import type { ResourceBounds } from "../../components/core/quantity.ts";
import type { SealedSecrets } from "../../components/workloads/check-sealed.ts";
import type { RestoreRequest } from "../../components/workloads/restore-request.ts";

/** Words that stand for the present value of what is generated; another word draws it anew (B-31). */
export interface Rotation {
  /** The database takes the new password when its pod starts; the backend rolls after it. */
  readonly postgresPassword?: string;
  /** Redis and the backend roll. */
  readonly redisPassword?: string;
  /** Secret or key pair that signs tokens. Everybody has to sign in again. */
  readonly jwtKey?: string;
}

/** What the stack file says of Kaizen Studio (`slipway:systems.kaizenStudio`). */
export interface KaizenStudioSettings {
  /** The namespace of everything in the system (K-06). Changing it moves, and so recreates, all of it. */
  readonly namespace: string;
  /** The host under which frontend and API are served (K-10, D-63). */
  readonly host: string;
  /** The ClusterIssuer of the certificate (D-63). */
  readonly issuer: string;
  /** Verbose logging and debug pages of the backend (K-09). Refused under guard strict. */
  readonly debug: boolean;
  /** Application id of the sign-in provider (E-33). A human has to supply it. */
  readonly azureClientId: string;
  /**
   * Address ranges that the sign-in provider answers at, on port 443: the one way out that the backend has.
   * Empty shuts it, and with it sign-in. Changes need no restart (K-21).
   */
  readonly signInAddresses: readonly string[];
  /** What signs tokens: one secret, or a key pair whose public half may be given away (K-11, D-57). */
  readonly jwtAlgorithm: "HS256" | "RS256";
  /**
   * `suspended` runs nothing and keeps namespace, secrets, claims and backups; `removed` deletes all of
   * them, and needs `deleteData`.
   */
  readonly state: "running" | "suspended" | "removed";
  /**
   * The second word that removal asks for; refused while the system runs. Under guard strict volumes are
   * protected: set it with `suspended` first, which lifts the protection, then remove (E-55).
   */
  readonly deleteData: boolean;
  readonly rotation: Rotation;
  /**
   * What people sealed for this cluster (C-59), by the name of the Secret and its keys. Needed where
   * slipway:platform.secretBackend is sealed, and refused elsewhere. Another text rolls what reads the key.
   */
  readonly sealedSecrets: SealedSecrets;
  /** Secrets of the namespace, made by somebody else, with which images are pulled (B-42). */
  readonly imagePullSecrets: readonly string[];
  readonly backend: {
    readonly image: string;
    /** Any text, by custom a time; another one restarts the pods one by one (B-50). */
    readonly restartedAt?: string;
    /** Further environment variables of the container; win over those of the ConfigMap (E-46). */
    readonly extraEnv: Readonly<Record<string, string>>;
    /** Further keys of the ConfigMap, merged into it key by key (E-46). */
    readonly extraConfig: Readonly<Record<string, string>>;
    readonly hpa: {
      readonly minReplicas: number;
      readonly maxReplicas: number;
      /** Percent of requested cpu, 1 to 100 (D-55). */
      readonly cpuUtilization: number;
      /** Percent of requested memory, 1 to 100 (D-55). */
      readonly memoryUtilization: number;
    };
    readonly resources: ResourceBounds;
  };
  readonly frontend: {
    readonly image: string;
    /** As for the backend. */
    readonly restartedAt?: string;
    /** As for the backend. */
    readonly extraEnv: Readonly<Record<string, string>>;
    readonly replicas: number;
    readonly resources: ResourceBounds;
  };
  readonly postgres: DatabaseSettings;
  readonly redis: DataStoreSettings;
  readonly backup: BackupSettings;
}

/** What the stack file says of the backups of both data stores (K-33). */
export interface BackupSettings {
  /** Five fields, in UTC; applies from the next run (E-34, B-25). */
  readonly schedule: string;
  /** Days after which a backup goes, 1 to 365; the last one never does (D-91). */
  readonly keepDays: number;
  /** Most backups that a volume keeps where there is no object store, 1 to 100 (E-34). */
  readonly keepOnVolume: number;
  /** Hours without a backup before somebody is told, 1 to 800: the schedule's and those of one run. */
  readonly overdueHours: number;
}

/** What the stack file says of one of the data stores (E-31). */
export interface DataStoreSettings {
  /** Size of the volume, such as `50Gi`. More makes it grow while the pod runs; less is refused. */
  readonly storage: string;
  /** Of the server; its exporter comes on top. A change restarts it: it is away for seconds. */
  readonly resources: ResourceBounds;
  /** As for the backend; the store is away for seconds. */
  readonly restartedAt?: string;
  /** Size of the volume of its backups, such as `100Gi` (E-34). Grows once it is in use, and never shrinks. */
  readonly backupStorage: string;
  /** One wish to have a backup back; leave it out again when it was carried out (B-28, D-33, D-58). */
  readonly restore?: RestoreRequest;
}

/** What the stack file says of the database. */
export interface DatabaseSettings extends DataStoreSettings {
  /**
   * Who runs it (E-53): a StatefulSet; the cluster's cloud, where `resources.limits` is the size of the
   * machine and which `state: suspended` does not stop; or the platform's operator (cnpg), with three
   * servers under guard strict and an archive in the cluster's object store. Changing it starts with an empty database: restore
   * a backup into it.
   */
  readonly mode: "statefulset" | "managed" | "cnpg";
}

/** Secrets of Kaizen Studio, each a flat config key. The optional ones are generated when absent. */
export interface KaizenStudioSecrets {
  readonly azureClientSecret: pulumi.Output<string>;
  readonly postgresPassword?: pulumi.Output<string>;
  readonly redisPassword?: pulumi.Output<string>;
  readonly jwtSecret?: pulumi.Output<string>;
  readonly encryptionKey?: pulumi.Output<string>;
}
