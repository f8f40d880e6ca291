import { parseMemory, type ResourceBounds } from "../core/quantity.ts";
import type { Problem } from "../core/problem.ts";

/** Where the ConfigMap is seen by the server. */
export const REDIS_FILES_PATH = "/etc/redis";

/** Where the password is written, in memory. */
export const REDIS_SECRETS_PATH = "/run/redis";

/** What Redis does when its memory is full. */
export const REDIS_POLICIES = [
  "noeviction",
  "allkeys-lru",
  "allkeys-lfu",
  "allkeys-random",
  "volatile-lru",
  "volatile-lfu",
  "volatile-random",
  "volatile-ttl",
] as const;

/** What decides the server's settings. */
export interface RedisSettings {
  /** A quantity such as `768Mi`. */
  readonly maxMemory: string;
  readonly maxMemoryPolicy: (typeof REDIS_POLICIES)[number];
  /** What is still there after a restart: all but the last second, what a snapshot had, or nothing. */
  readonly persistence: "aof" | "snapshots" | "none";
}

/** Three quarters of the limit: the rest is for buffers and for the copy that a rewrite makes. */
export function defaultMaxMemory({ limits }: ResourceBounds): string {
  return `${Math.max(1, Math.floor(((parseMemory(limits.memory) ?? 0) * 0.75) / 2 ** 20))}Mi`;
}

/** Problems of the settings. */
export function checkRedisSettings(settings: RedisSettings, { limits }: ResourceBounds): Problem[] {
  const got = JSON.stringify(settings.maxMemory);
  const bytes = parseMemory(settings.maxMemory);
  const most = (parseMemory(limits.memory) ?? 0) * 0.9;
  const path = "maxMemory";
  if (bytes === undefined) {
    const expected = 'a quantity with a unit, such as "768Mi"';
    return [{ path, got, expected, remedy: "Add one of the units Ki, Mi, Gi." }];
  }
  if (bytes <= most || most === 0) return [];
  const expected = `at most nine tenths of resources.limits.memory (${limits.memory})`;
  const remedy = "Raise the limit or lower maxMemory: at the limit the kernel kills the server.";
  return [{ path, got, expected, remedy }];
}

/** The server that a replica follows. */
export interface RedisPrimary {
  readonly host: string;
  readonly port: number;
}

/** The ConfigMap's files: settings, and what starts the server. */
export function redisFiles(
  settings: RedisSettings,
  primary?: RedisPrimary,
): Record<string, string> {
  const { persistence } = settings;
  const lines = [
    "bind * -::*",
    "port 6379",
    "dir /data",
    // Ends what a client left open without a word.
    "tcp-keepalive 60",
    `maxmemory ${parseMemory(settings.maxMemory) ?? 0}`,
    `maxmemory-policy ${settings.maxMemoryPolicy}`,
    `appendonly ${persistence === "aof" ? "yes" : "no"}`,
    "appendfsync everysec",
    persistence === "none" ? 'save ""' : "save 3600 1 300 100 60 10000",
    ...(primary === undefined ? [] : [`replicaof ${primary.host} ${primary.port}`]),
    `include ${REDIS_SECRETS_PATH}/auth.conf`,
  ];
  return { "redis.conf": lines.map((line) => `${line}\n`).join(""), "start.sh": START_SCRIPT };
}

/**
 * Starts the server, in its image. The password comes from REDISCLI_AUTH, which redis-cli reads too; it
 * goes through a file in memory, since anybody who may list processes reads a command line. All servers
 * have the same one, with which a replica logs in at its primary.
 */
export const START_SCRIPT = `set -eu
umask 077
files=\${REDIS_FILES:-${REDIS_FILES_PATH}}
secrets=\${REDIS_SECRETS:-${REDIS_SECRETS_PATH}}
escaped=$(printf %s "$REDISCLI_AUTH" | sed 's/[\\\\"]/\\\\&/g')
printf 'requirepass "%s"\\nmasterauth "%s"\\n' "$escaped" "$escaped" >"$secrets/auth.conf"
exec redis-server "$files/redis.conf"
`;
