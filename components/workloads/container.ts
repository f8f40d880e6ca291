import type * as k8s from "@pulumi/kubernetes";
import { checkImage } from "../core/image.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkResourceBounds, type ResourceBounds } from "../core/quantity.ts";
import type { ConfigSource, SourceKey } from "./config-source.ts";
import type { Probes } from "./probes.ts";
import { readsOf } from "./source-reads.ts";
import { checkMounts, checkWritablePaths, mountSpec, scratchMounts, type Mount } from "./volume.ts";

type Container = k8s.types.input.core.v1.Container;

/** What a container of a block may be given beyond what the block itself needs. */
export interface ContainerOptions {
  /** Instead of the image's entrypoint. Never holds a secret: anybody may read it. @default the image's */
  readonly command?: readonly string[];
  /** Instead of the image's arguments. Never holds a secret. @default the image's */
  readonly args?: readonly string[];
  /** Sources whose every key becomes an environment variable. @default none */
  readonly envFrom?: readonly ConfigSource[];
  /** Environment variables, each a text or one key of a source; win over `envFrom`. @default none */
  readonly env?: Readonly<Record<string, string | SourceKey>>;
  /** Directories that the container writes to, besides /tmp; empty at each start (D-87). @default none */
  readonly writablePaths?: readonly string[];
  /** Directories with something in them: claims, files of a ConfigMap or Secret. @default none */
  readonly mounts?: readonly Mount[];
}

/** One container, such as a sidecar. */
export interface ContainerArgs extends ContainerOptions {
  readonly name: string;
  /** With tag or digest (K-14). */
  readonly image: string;
  readonly resources: ResourceBounds;
  /** Port numbers by name. @default none */
  readonly ports?: Readonly<Record<string, number>>;
  /** @default none */
  readonly probes?: Probes;
}

/** What the pod decides for each of its containers. */
export interface ContainerSurroundings {
  /** Begins the names of scratch volumes, so that containers do not share them. */
  readonly scratchPrefix: string;
  /** Seconds between leaving the Service and the signal to stop; 0 for none. */
  readonly preStopSleepSeconds: number;
  /** False only for a written reason. */
  readonly readOnlyRoot: boolean;
}

/** Scratch space that one container may fill before it is evicted, and what it is sure to get. */
export const EPHEMERAL_STORAGE = { request: "128Mi", limit: "1Gi" } as const;

/** The container's spec on the one baseline of all containers (K-22, K-23). */
export function containerSpec(args: ContainerArgs, around: ContainerSurroundings): Container {
  const { command, envFrom = [], env = {}, ports = {}, mounts = [] } = args;
  const { requests, limits } = args.resources;
  const { request, limit } = EPHEMERAL_STORAGE;
  const scratch = scratchMounts(scratchPaths(args), around.scratchPrefix);
  return {
    name: args.name,
    image: args.image,
    // A tag is never reused here, so the copy on the node is right, and a registry that is down
    // does not stop a pod from moving.
    imagePullPolicy: "IfNotPresent",
    ...(command === undefined ? {} : { command: [...command] }),
    ...(args.args === undefined ? {} : { args: [...args.args] }),
    ...(Object.keys(ports).length === 0
      ? {}
      : { ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })) }),
    ...(envFrom.length === 0 ? {} : { envFrom: envFrom.map(envFromSource) }),
    ...(Object.keys(env).length === 0 ? {} : { env: Object.entries(env).map(envVar) }),
    ...args.probes,
    ...(around.preStopSleepSeconds === 0
      ? {}
      : { lifecycle: { preStop: { sleep: { seconds: around.preStopSleepSeconds } } } }),
    resources: {
      requests: { ...requests, "ephemeral-storage": request },
      limits: { ...limits, "ephemeral-storage": limit },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: around.readOnlyRoot,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [...scratch, ...mounts.map(mountSpec)],
  };
}

/** Directories that the container may write to and that are empty at each start. */
export function scratchPaths({ writablePaths = [] }: ContainerOptions): string[] {
  return ["/tmp", ...writablePaths];
}

/** Problems of a container that its types cannot say. */
export function checkContainer(args: ContainerArgs, path = ""): Problem[] {
  return underPath(path, [
    ...checkImage(args.image, "relaxed", "image"),
    ...checkResourceBounds(args.resources, "resources"),
    ...checkContainerOptions(args),
  ]).map((problem) => ({ ...problem, path: problem.path.replace(/^\./, "") }));
}

/** Problems of what a container is given beyond what its block needs. */
export function checkContainerOptions(args: ContainerOptions): Problem[] {
  const { env = {}, writablePaths = [], mounts = [] } = args;
  const missing = Object.entries(env).flatMap(([name, value]): Problem[] => {
    if (typeof value === "string" || value.source.keys.includes(value.key)) return [];
    const expected = `a key of ${value.source.kind} ${value.source.name}`;
    const remedy = `It has ${value.source.keys.join(", ")}.`;
    return [{ path: `env.${name}`, got: JSON.stringify(value.key), expected, remedy }];
  });
  return [
    ...checkWritablePaths(writablePaths, "writablePaths"),
    ...checkMounts(mounts, writablePaths, "mounts"),
    ...missing,
  ];
}

/** The sources that containers read, each once, in the order of first use. */
export function sourcesOf(...containers: readonly ContainerOptions[]): ConfigSource[] {
  return readsOf(...containers).map(({ source }) => source);
}

function envFromSource({ kind, name }: ConfigSource) {
  return kind === "Secret" ? { secretRef: { name } } : { configMapRef: { name } };
}

function envVar([name, value]: [string, string | SourceKey]) {
  if (typeof value === "string") return { name, value };
  const reference = { name: value.source.name, key: value.key };
  return value.source.kind === "Secret"
    ? { name, valueFrom: { secretKeyRef: reference } }
    : { name, valueFrom: { configMapKeyRef: reference } };
}
