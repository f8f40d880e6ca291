import type * as pulumi from "@pulumi/pulumi";
import type { ChildBearingOptions } from "../core/child-options.ts";
import { createFiles } from "./config-files.ts";
import type { ConfigSource } from "./config-source.ts";
import type { Connection } from "./connections.ts";
import type { ProbeAction } from "./probes.ts";
import {
  REDIS_DEFAULTS,
  REDIS_PORTS,
  redisSettings,
  replicaComponent,
  type FullRedisArgs,
  type RedisArgs,
} from "./redis-args.ts";
import { redisFiles } from "./redis-files.ts";
import { REDIS_HEALTH, redisPod } from "./redis-pod.ts";
import { StatefulService, type StatefulServiceArgs } from "./stateful-service.ts";

/**
 * A replica has started when it has a copy of the primary's data. Later it stays ready without the
 * primary: what it has is old then, and better than nothing.
 */
const FOLLOWS: ProbeAction = {
  exec: ["sh", "-c", "redis-cli -h 127.0.0.1 info replication | grep -q ^master_link_status:up"],
};

/** The name under which the replicas answer reads. */
export function readServiceName({ serviceName }: Pick<FullRedisArgs, "serviceName">): string {
  return `${serviceName}-read`;
}

/** Servers that follow the primary, each with a volume, behind a Service for reads. */
export function createReplicas(
  name: string,
  args: FullRedisArgs,
  opts: ChildBearingOptions & { readonly parent: pulumi.Resource },
): void {
  const { namespace, system, serviceName } = args;
  const place = { namespace, system, component: replicaComponent(args) };
  const primary = { host: serviceName, port: REDIS_PORTS.redis };
  const files = createFiles(
    `${name}-replica`,
    place,
    `${place.component}-files`,
    redisFiles(redisSettings(args), primary),
    opts,
  );
  new StatefulService(`${name}-replica`, replicaService(args, files), opts);
}

/** The replicas as a StatefulService. */
export function replicaService(args: FullRedisArgs, files: ConfigSource): StatefulServiceArgs {
  return {
    ...redisPod(args, files),
    component: replicaComponent(args),
    replicas: args.replicas,
    sidecarPorts: { metrics: REDIS_PORTS.metrics },
    serviceName: readServiceName(args),
    health: REDIS_HEALTH,
    started: FOLLOWS,
    // The first copy is as long in coming as the data is large.
    startSeconds: 1800,
    volumes: { data: { ...args.volume, path: "/data" } },
    metrics: { port: "metrics", path: "/metrics", monitors: args.monitors },
  };
}

/** What the replicas have to reach, for Connections; nothing in mode single. */
export function redisConnections(args: Pick<RedisArgs, "mode" | "component">): Connection[] {
  if (args.mode === "single") return [];
  const component = args.component ?? REDIS_DEFAULTS.component;
  const from = { part: replicaComponent({ component }) };
  return [{ from, to: { part: component }, port: REDIS_PORTS.redis }];
}
