import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { objectLabels, selectorLabels, type Identity } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";
import type { ResourceBounds } from "../core/quantity.ts";
import type { ConfigSource, SourceKey } from "./config-source.ts";

type Container = k8s.types.input.core.v1.Container;
type PodTemplate = k8s.types.input.core.v1.PodTemplateSpec;

/** What a pod of ours consists of beyond the baseline. */
export interface PodArgs {
  readonly identity: Identity;
  readonly image: string;
  readonly serviceAccountName: string;
  readonly resources: ResourceBounds;
  readonly ports: Readonly<Record<string, number>>;
  readonly probes: Pick<Container, "livenessProbe" | "readinessProbe" | "startupProbe">;
  /** Sources whose every key becomes an environment variable. */
  readonly envFrom: readonly ConfigSource[];
  readonly env: Readonly<Record<string, string | SourceKey>>;
  /** Directories that the container may write to besides /tmp; everything else is read-only (D-87). */
  readonly writablePaths: readonly string[];
}

/** What every pod gets, whatever it runs. */
export const POD_DEFAULTS = {
  /** User and group, which must not be root; images that bring another user still run as this one. */
  userId: 1000,
  /** Scratch space that one container may fill before it is evicted, and what it is sure to get. */
  ephemeralStorage: { request: "128Mi", limit: "1Gi" },
  /** Seconds between leaving the Service and the signal to stop; proxies learn of it in that time. */
  preStopSleepSeconds: 15,
  /** Seconds from the first word to the kill, the above included. */
  terminationGracePeriodSeconds: 60,
} as const;

/** Problems of directories that a pod may write to. */
export function checkWritablePaths(paths: readonly string[], path: string): Problem[] {
  const volumes = paths.map(volumeName);
  return paths.flatMap((directory, index) => {
    const got = JSON.stringify(directory);
    const at = `${path}[${index}]`;
    if (!/^(\/[a-z0-9._-]+)+$/i.test(directory)) {
      const expected = "an absolute directory below the root";
      return [{ path: at, got, expected, remedy: "Write it as /var/cache or the like." }];
    }
    const first = directory === "/tmp" ? "/tmp" : paths[volumes.indexOf(volumeName(directory))];
    if (directory !== "/tmp" && volumes.indexOf(volumeName(directory)) === index) return [];
    const expected = `a directory whose volume is not taken by ${String(first)}`;
    return [{ path: at, got, expected, remedy: "Leave one of the two out." }];
  });
}

/** A pod template that Pod Security `restricted` admits, on the one baseline of all pods (K-22, K-23). */
export function podTemplate(args: PodArgs): PodTemplate {
  const { identity } = args;
  const writable = ["/tmp", ...args.writablePaths];
  return {
    metadata: { labels: objectLabels(identity), ...checksums(args) },
    spec: {
      serviceAccountName: args.serviceAccountName,
      automountServiceAccountToken: false,
      // Otherwise a Service called redis sets REDIS_PORT to a URL in every pod beside it.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: POD_DEFAULTS.terminationGracePeriodSeconds,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: POD_DEFAULTS.userId,
        runAsGroup: POD_DEFAULTS.userId,
        fsGroup: POD_DEFAULTS.userId,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
        (topologyKey) => spread(identity, topologyKey),
      ),
      containers: [container(args, writable)],
      volumes: writable.map((path) => ({ name: volumeName(path), emptyDir: {} })),
    },
  };
}

function container(args: PodArgs, writable: readonly string[]): Container {
  const { requests, limits } = args.resources;
  const { request, limit } = POD_DEFAULTS.ephemeralStorage;
  return {
    name: args.identity.component,
    image: args.image,
    // A tag is never reused here, so the copy on the node is right, and a registry that is down
    // does not stop a pod from moving.
    imagePullPolicy: "IfNotPresent",
    ports: Object.entries(args.ports).map(([name, containerPort]) => ({ name, containerPort })),
    ...(args.envFrom.length === 0 ? {} : { envFrom: args.envFrom.map(envFromSource) }),
    ...(Object.keys(args.env).length === 0 ? {} : { env: Object.entries(args.env).map(envVar) }),
    ...args.probes,
    lifecycle: { preStop: { sleep: { seconds: POD_DEFAULTS.preStopSleepSeconds } } },
    resources: {
      requests: { ...requests, "ephemeral-storage": request },
      limits: { ...limits, "ephemeral-storage": limit },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: writable.map((mountPath) => ({ name: volumeName(mountPath), mountPath })),
  };
}

/** Keeps replicas apart where it can; a cluster with one zone or one node still takes them all. */
function spread(identity: Identity, topologyKey: string) {
  return {
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selectorLabels(identity) },
    // Without it a rolling update counts the pods that are about to go.
    matchLabelKeys: ["pod-template-hash"],
  };
}

/** The sources that a pod reads, each once, in the order of first use. */
export function sourcesOf(args: Pick<PodArgs, "envFrom" | "env">): ConfigSource[] {
  const keyed = Object.values(args.env).flatMap((value) =>
    typeof value === "string" ? [] : [value.source],
  );
  const all = [...args.envFrom, ...keyed];
  return all.filter(
    (source, index) => all.findIndex((other) => idOf(other) === idOf(source)) === index,
  );
}

function idOf(source: ConfigSource): string {
  return `${source.kind.toLowerCase()}-${source.name}`;
}

function checksums(args: PodArgs): { annotations?: Record<string, pulumi.Input<string>> } {
  const sources = sourcesOf(args);
  if (sources.length === 0) return {};
  const sums = sources.map((source) => [`checksum/${idOf(source)}`, source.checksum]);
  return { annotations: Object.fromEntries(sums) as Record<string, pulumi.Input<string>> };
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

function volumeName(path: string): string {
  return `writable${path.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
}
