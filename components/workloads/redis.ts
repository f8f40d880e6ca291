import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { checkImage } from "../core/image.ts";
import { refuse } from "../core/invalid-args.ts";
import { selectorLabels } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";
import { checkResourceBounds } from "../core/quantity.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { checkCount } from "./availability.ts";
import { checkVolume, createClaim } from "./claim.ts";
import { createFiles } from "./config-files.ts";
import type { ConfigSource } from "./config-source.ts";
import { checkPassword } from "./data-store.ts";
import { createServiceAccount, namedAs } from "./deployment.ts";
import { plainArgs } from "../core/plain-args.ts";
import { podTemplate } from "./pod.ts";
import { probes } from "./probes.ts";
import {
  REDIS_DEFAULTS,
  REDIS_PORTS,
  redisSettings,
  type FullRedisArgs,
  type RedisArgs,
} from "./redis-args.ts";
import { checkRedisSettings, redisFiles } from "./redis-files.ts";
import { REDIS_HEALTH, REDIS_USER_ID, redisPod } from "./redis-pod.ts";
import { createReplicas, readServiceName } from "./redis-replicas.ts";
import { createServiceMonitor } from "./service-monitor.ts";
import { serviceSpec, waitingFor } from "./service.ts";

/**
 * One Redis server with its volume, an exporter and a Service (K-16, D-59): a Deployment that stops the
 * old pod before it starts the new one, because one volume cannot be on two nodes (D-61). With replicas
 * it is the only one that takes writes. Who may call it is said in Connections.
 */
export class Redis extends pulumi.ComponentResource {
  /** Where it answers inside the namespace. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    /** Where replicas answer reads; the same as `host` in mode single. */
    readonly readHost: string;
  };

  constructor(name: string, args: RedisArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Redis", name, plainArgs(args), opts);
    const full: FullRedisArgs = withDefaults(REDIS_DEFAULTS, args);
    refuse(checkRedis(full), this);
    const { namespace, system, component, monitors } = full;
    const own = childOptions(this, opts);
    const files = createFiles(
      name,
      full,
      `${component}-files`,
      redisFiles(redisSettings(full)),
      own,
    );
    const account = createServiceAccount(name, full, own);
    const claim = createClaim(
      name,
      { namespace, claimName: claimName(full), volume: full.volume },
      full,
      { ...own, protect: full.protectData ?? false },
    );
    const needed = [account, claim, files.object, full.password.source.object];
    new k8s.apps.v1.Deployment(
      `${name}-deployment`,
      { metadata: namedAs(full, component), spec: redisSpec(full, files) },
      childOptions(this, opts, needed),
    );
    this.createService(name, full, own);
    const scraped = { namespace, system, component, port: "metrics", path: "/metrics", monitors };
    createServiceMonitor(this, name, scraped, opts);
    const isReplicated = full.mode === "replicated";
    if (isReplicated) {
      createReplicas(name, full, { parent: this, dependsOn: opts?.dependsOn ?? [] });
    }
    this.connection = {
      host: full.serviceName,
      port: REDIS_PORTS.redis,
      readHost: isReplicated ? readServiceName(full) : full.serviceName,
    };
    this.registerOutputs(this.connection);
  }

  private createService(
    name: string,
    args: FullRedisArgs,
    own: pulumi.CustomResourceOptions,
  ): void {
    const ports = Object.entries(REDIS_PORTS).map(([port, number]) => ({
      name: port,
      port: number,
    }));
    new k8s.core.v1.Service(
      `${name}-service`,
      {
        metadata: { ...namedAs(args, args.serviceName), ...waitingFor(args.suspended ?? false) },
        spec: serviceSpec(args, ports),
      },
      own,
    );
  }
}

function claimName({ component }: Pick<FullRedisArgs, "component">): string {
  return `${component}-data`;
}

/** Where the data is and how it is kept, for Backup. */
export function redisData({
  component = REDIS_DEFAULTS.component,
  persistence = REDIS_DEFAULTS.persistence,
}: Pick<RedisArgs, "component" | "persistence"> = {}) {
  return {
    dataClaim: claimName({ component }),
    appendOnly: persistence === "aof",
    userId: REDIS_USER_ID,
  };
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkRedis(args: FullRedisArgs): Problem[] {
  const { mode, persistence } = args;
  const forgetful: Problem = {
    path: "persistence",
    got: JSON.stringify(persistence),
    expected: "aof or snapshots, because mode is replicated",
    remedy: "A primary that starts empty makes every replica empty too.",
  };
  return [
    ...(args.image === undefined ? [] : checkImage(args.image, "relaxed", "image")),
    ...checkResourceBounds(args.resources, "resources"),
    ...checkRedisSettings(redisSettings(args), args.resources),
    ...checkVolume(args.volume, "volume"),
    ...checkPassword(args.password),
    ...checkCount(args.replicas, 1, "replicas"),
    ...(mode === "replicated" && persistence === "none" ? [forgetful] : []),
  ];
}

/** The Deployment's spec. */
export function redisSpec(
  args: FullRedisArgs,
  files: ConfigSource,
): k8s.types.input.apps.v1.DeploymentSpec {
  const pod = redisPod(args, files);
  return {
    replicas: pod.suspended ? 0 : 1,
    revisionHistoryLimit: 10,
    strategy: { type: "Recreate" },
    selector: { matchLabels: selectorLabels(args) },
    template: podTemplate({
      ...pod,
      identity: args,
      serviceAccountName: args.component,
      probes: probes(REDIS_HEALTH),
      mounts: [{ path: "/data", from: { claim: claimName(args) } }, ...pod.mounts],
      // There is no other pod that callers could turn to in that time.
      preStopSleepSeconds: 0,
    }),
  };
}
