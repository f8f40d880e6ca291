import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { checkImage, mirroredImage } from "../core/image.ts";
import { refuse } from "../core/invalid-args.ts";
import { selectorLabels } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";
import { checkResourceBounds } from "../core/quantity.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { checkVolume, createClaim } from "./claim.ts";
import { createFiles } from "./config-files.ts";
import type { ConfigSource } from "./config-source.ts";
import type { ContainerArgs } from "./container.ts";
import {
  checkPassword,
  EXPORTER_RESOURCES,
  podOptionsOf,
  type DataStoreArgs,
} from "./data-store.ts";
import { createServiceAccount, namedAs } from "./deployment.ts";
import { plainArgs } from "./plain-args.ts";
import { podTemplate } from "./pod.ts";
import { probes } from "./probes.ts";
import {
  checkRedisSettings,
  defaultMaxMemory,
  REDIS_FILES_PATH,
  REDIS_SECRETS_PATH,
  redisFiles,
  type RedisSettings,
} from "./redis-files.ts";
import { createServiceMonitor } from "./service-monitor.ts";
import { serviceSpec, waitingFor } from "./service.ts";
import { STORE_IMAGES } from "./store-images.ts";

export interface RedisArgs extends DataStoreArgs {
  /** How many servers and how they hang together: one. Primary with replicas is a further mode. */
  readonly mode: "single";
  /** The part of the system, and the Deployment's name (K-16). @default "redis" */
  readonly component?: string;
  /** The name under which others call it (E-33). Changing it breaks their URLs. @default "redis-service" */
  readonly serviceName?: string;
  /** Official image. Not mirrored where it is given. @default STORE_IMAGES.redis */
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
  serviceName: "redis-service",
  maxMemoryPolicy: "volatile-lru",
  persistence: "aof",
} as const satisfies Partial<RedisArgs>;

type FullArgs = RedisArgs & Required<Pick<RedisArgs, keyof typeof REDIS_DEFAULTS>>;

/** Ports of the pod and of the Service (E-33, D-59). */
export const REDIS_PORTS = { redis: 6379, metrics: 9121 } as const;

/** The user of the official image on Alpine. */
const REDIS_USER_ID = 999;

/**
 * One Redis server with its volume, an exporter and a Service (K-16, D-59): a Deployment that stops the
 * old pod before it starts the new one, because one volume cannot be on two nodes (D-61). Who may call
 * it is said in Connections.
 */
export class Redis extends pulumi.ComponentResource {
  /** Where it answers inside the namespace. */
  readonly connection: { readonly host: string; readonly port: number };

  constructor(name: string, args: RedisArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Redis", name, plainArgs(args), opts);
    const full: FullArgs = withDefaults(REDIS_DEFAULTS, args);
    refuse(checkRedis(full), this);
    const { namespace, system, component, monitors } = full;
    const own = childOptions(this, opts);
    const files = createFiles(name, full, `${component}-files`, redisFiles(settingsOf(full)), own);
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
    this.connection = { host: full.serviceName, port: REDIS_PORTS.redis };
    this.registerOutputs(this.connection);
  }

  private createService(name: string, args: FullArgs, own: pulumi.CustomResourceOptions): void {
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

function claimName({ component }: Pick<FullArgs, "component">): string {
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

function settingsOf(args: FullArgs): RedisSettings {
  const { maxMemoryPolicy, persistence } = args;
  const maxMemory = args.maxMemory ?? defaultMaxMemory(args.resources);
  return { maxMemory, maxMemoryPolicy, persistence };
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkRedis(args: FullArgs): Problem[] {
  return [
    ...(args.image === undefined ? [] : checkImage(args.image, "relaxed", "image")),
    ...checkResourceBounds(args.resources, "resources"),
    ...checkRedisSettings(settingsOf(args), args.resources),
    ...checkVolume(args.volume, "volume"),
    ...checkPassword(args.password),
  ];
}

/** The Deployment's spec. */
export function redisSpec(
  args: FullArgs,
  files: ConfigSource,
): k8s.types.input.apps.v1.DeploymentSpec {
  const options = podOptionsOf(args);
  return {
    replicas: options.suspended ? 0 : 1,
    revisionHistoryLimit: 10,
    strategy: { type: "Recreate" },
    selector: { matchLabels: selectorLabels(args) },
    template: podTemplate({
      ...options,
      identity: args,
      serviceAccountName: args.component,
      image: args.image ?? mirroredImage(STORE_IMAGES.redis, args.imageMirrorPrefix),
      command: ["sh", `${REDIS_FILES_PATH}/start.sh`],
      resources: args.resources,
      ports: { redis: REDIS_PORTS.redis },
      // redis-cli takes it from there, for probes and for people (K-36).
      env: { REDISCLI_AUTH: args.password },
      // It answers an error, and redis-cli ends well, while it loads its data.
      probes: probes({ exec: ["sh", "-c", "redis-cli -h 127.0.0.1 ping | grep -qx PONG"] }),
      mounts: [
        { path: "/data", from: { claim: claimName(args) } },
        { path: REDIS_FILES_PATH, from: { source: files } },
        { path: REDIS_SECRETS_PATH, from: { memory: "1Mi", volume: "password" } },
      ],
      userId: REDIS_USER_ID,
      // There is no other pod that callers could turn to in that time.
      preStopSleepSeconds: 0,
      sidecars: [exporter(args)],
    }),
  };
}

function exporter(args: FullArgs): ContainerArgs {
  return {
    name: "exporter",
    image: mirroredImage(STORE_IMAGES.redisExporter, args.imageMirrorPrefix),
    resources: EXPORTER_RESOURCES,
    ports: { metrics: REDIS_PORTS.metrics },
    env: { REDIS_ADDR: `redis://127.0.0.1:${REDIS_PORTS.redis}`, REDIS_PASSWORD: args.password },
  };
}
