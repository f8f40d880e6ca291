import type { NetworkPeer } from "../core/cluster-handle.ts";
import { mirroredImage } from "../core/image.ts";
import type { SourceKey } from "./config-source.ts";
import type { Part } from "./connections.ts";
import type { PostgresAccess } from "./postgres-args.ts";
import { PUBLIC_IMAGES } from "./public-images.ts";
import type { Mount } from "./volume.ts";

interface ServerSource {
  /** Name of its Service, or where another name or address is to be read. */
  readonly host: string | SourceKey;
  readonly port: number;
  readonly password: SourceKey;
  /**
   * The server's own image: its tools must not be older than the server. Not mirrored where it is given.
   * @default PUBLIC_IMAGES
   */
  readonly image?: string;
}

/** A database that is dumped with pg_dump (K-33). */
export interface PostgresSource extends ServerSource {
  readonly kind: "postgres";
  /** The part of the system that runs the server, as in Connections; or else `addresses`. */
  readonly part?: string | Part;
  /** Where a server answers that is outside of the cluster. */
  readonly addresses?: readonly NetworkPeer[];
  /** Environment and mounts of a client that has to encrypt. @default none */
  readonly client?: Pick<PostgresAccess, "env" | "mounts">;
  readonly database: string;
  /** Owner of the database; a restore drops and makes all that is in it. */
  readonly user: string;
}

/** A Redis of which a snapshot is taken over the network (B-26). */
export interface RedisSource extends ServerSource {
  readonly kind: "redis";
  /** The part of the system that runs the server, as in Connections. */
  readonly part: string;
  /** Claim of the server's data; mounted by a restore only, while the server is stopped. */
  readonly dataClaim: string;
  /** Whether the server keeps an append-only file, which decides what a restore has to write (D-33). */
  readonly appendOnly: boolean;
  /** User that the server runs as, so that it can read what a restore wrote. */
  readonly userId: number;
}

export type BackupSource = PostgresSource | RedisSource;

type Environment = Readonly<Record<string, string | SourceKey>>;

/** What a kind of source needs of a backup; the scripts say the rest. */
export interface SourceTools {
  readonly image: string;
  /** The ending of the files. */
  readonly ending: "dump" | "rdb";
  readonly backupScript: string;
  readonly restoreScript: string;
  /** Where the server is and how to log in. The password is read from its Secret when a pod starts. */
  readonly env: Environment;
  /** What a restore is told besides. */
  readonly restoreEnv: Environment;
  readonly restoreMounts: readonly Mount[];
  /** What backup and restore alike have to see. */
  readonly mounts: readonly Mount[];
  readonly userId: number | undefined;
}

const REDIS_DATA = "/data";

/** Seconds for which a restore waits until the server was scaled to 0. */
export const REDIS_WAIT_SECONDS = 1800;

/** The tools for a source. */
export function toolsOf(source: BackupSource, imageMirrorPrefix: string | undefined): SourceTools {
  const image = source.image ?? mirroredImage(PUBLIC_IMAGES[source.kind], imageMirrorPrefix);
  if (source.kind === "postgres") {
    return {
      image,
      ending: "dump",
      backupScript: "backup-postgres.sh",
      restoreScript: "restore-postgres.sh",
      env: {
        PGHOST: source.host,
        PGPORT: String(source.port),
        PGUSER: source.user,
        PGDATABASE: source.database,
        PGPASSWORD: source.password,
        ...source.client?.env,
      },
      mounts: source.client?.mounts ?? [],
      restoreEnv: {},
      restoreMounts: [],
      userId: undefined,
    };
  }
  return {
    image,
    ending: "rdb",
    backupScript: "backup-redis.sh",
    restoreScript: "restore-redis.sh",
    env: {
      REDIS_HOST: source.host,
      REDIS_PORT: String(source.port),
      REDISCLI_AUTH: source.password,
    },
    restoreEnv: {
      REDIS_DATA_DIR: REDIS_DATA,
      REDIS_APPENDONLY: source.appendOnly ? "yes" : "no",
      WAIT_SECONDS: String(REDIS_WAIT_SECONDS),
    },
    mounts: [],
    restoreMounts: [{ path: REDIS_DATA, from: { claim: source.dataClaim } }],
    userId: source.userId,
  };
}
