import type { DataStoreArgs } from "./data-store.ts";
import { defaultMaxMemory, type RedisSettings } from "./redis-files.ts";

export interface RedisArgs extends DataStoreArgs {
  /**
   * One server, or one with replicas that follow it and answer reads under `<serviceName>-read`. Nobody
   * takes the primary's place: when its node is lost, writes wait until its pod is on another one, and
   * reads go on, as old as they are.
   */
  readonly mode: "single" | "replicated";
  /** Replicas in mode replicated, at least 1, each with a volume. @default 2 */
  readonly replicas?: number;
  /** The part of the system, and the Deployment's name (K-16). @default "redis" */
  readonly component?: string;
  /** The name under which others call it (E-33). Changing it breaks their URLs. @default "redis-service" */
  readonly serviceName?: string;
  /** Official image. Not mirrored where it is given. @default PUBLIC_IMAGES.redis */
  readonly image?: string;
  /**
   * Memory for data, at most nine tenths of the limit. The published manifests give all of the limit
   * (E-31), at which the kernel kills the server. @default three quarters of the limit
   */
  readonly maxMemory?: string;
  /** What goes when memory is full; by default what has an end anyway. @default "volatile-lru" */
  readonly maxMemoryPolicy?: RedisSettings["maxMemoryPolicy"];
  /** What a restart leaves: the log of all writes loses a second at most. @default "aof" */
  readonly persistence?: RedisSettings["persistence"];
}

export const REDIS_DEFAULTS = {
  component: "redis",
  replicas: 2,
  serviceName: "redis-service",
  maxMemoryPolicy: "volatile-lru",
  persistence: "aof",
} as const satisfies Partial<RedisArgs>;

export type FullRedisArgs = RedisArgs & Required<Pick<RedisArgs, keyof typeof REDIS_DEFAULTS>>;

/** Ports of the pod and of the Service (E-33, D-59). */
export const REDIS_PORTS = { redis: 6379, metrics: 9121 } as const;

/** What decides the settings of every server. */
export function redisSettings(args: FullRedisArgs): RedisSettings {
  const { maxMemoryPolicy, persistence } = args;
  const maxMemory = args.maxMemory ?? defaultMaxMemory(args.resources);
  return { maxMemory, maxMemoryPolicy, persistence };
}

/** The part of the system that the replicas are. */
export function replicaComponent({ component }: Pick<FullRedisArgs, "component">): string {
  return `${component}-replica`;
}
