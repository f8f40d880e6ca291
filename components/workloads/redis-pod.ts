import { mirroredImage } from "../core/image.ts";
import type { ConfigSource } from "./config-source.ts";
import type { ContainerArgs } from "./container.ts";
import { EXPORTER_RESOURCES, podOptionsOf } from "./data-store.ts";
import type { ProbeAction } from "./probes.ts";
import { REDIS_PORTS, type FullRedisArgs } from "./redis-args.ts";
import { REDIS_FILES_PATH, REDIS_SECRETS_PATH } from "./redis-files.ts";
import { PUBLIC_IMAGES } from "./public-images.ts";

/** The user of the official image on Alpine. */
export const REDIS_USER_ID = 999;

/** It answers an error, and redis-cli ends well, while it loads its data. */
export const REDIS_HEALTH: ProbeAction = {
  exec: ["sh", "-c", "redis-cli -h 127.0.0.1 ping | grep -qx PONG"],
};

/** What the pods of primary and replicas have in common, but for their data. */
export function redisPod(args: FullRedisArgs, files: ConfigSource) {
  return {
    ...podOptionsOf(args),
    image: args.image ?? mirroredImage(PUBLIC_IMAGES.redis, args.imageMirrorPrefix),
    command: ["sh", `${REDIS_FILES_PATH}/start.sh`],
    resources: args.resources,
    ports: { redis: REDIS_PORTS.redis },
    // redis-cli takes it from there, for probes and for people (K-36).
    env: { REDISCLI_AUTH: args.password },
    mounts: [
      { path: REDIS_FILES_PATH, from: { source: files } },
      { path: REDIS_SECRETS_PATH, from: { memory: "1Mi", volume: "password" } },
    ],
    userId: REDIS_USER_ID,
    sidecars: [exporter(args)],
  };
}

function exporter(args: FullRedisArgs): ContainerArgs {
  return {
    name: "exporter",
    image: mirroredImage(PUBLIC_IMAGES.redisExporter, args.imageMirrorPrefix),
    resources: EXPORTER_RESOURCES,
    ports: { metrics: REDIS_PORTS.metrics },
    env: { REDIS_ADDR: `redis://127.0.0.1:${REDIS_PORTS.redis}`, REDIS_PASSWORD: args.password },
  };
}
