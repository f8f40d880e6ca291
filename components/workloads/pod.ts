import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { objectLabels, selectorLabels, type Identity } from "../core/labels.ts";
import { underPath, type Problem } from "../core/problem.ts";
import type { WorkloadIdentity } from "../core/workload-identity.ts";
import {
  checkContainer,
  checkContainerOptions,
  containerSpec,
  scratchPaths,
  type ContainerArgs,
  type ContainerOptions,
} from "./container.ts";
import { readChecksum, readsOf, sourceId } from "./source-reads.ts";
import { scratchVolumes, volumesOf } from "./volume.ts";

type PodTemplate = k8s.types.input.core.v1.PodTemplateSpec;

/** Parts of the baseline that a workload may give up, each for a reason that stands in its manifest. */
export interface Weakenings {
  /** Containers may write to their image's files. */
  readonly writableRoot?: string;
  /** Containers may call the Kubernetes API as their ServiceAccount. */
  readonly serviceAccountToken?: string;
}

/** What every block that runs pods takes beyond its own arguments. A change rolls its pods. */
export interface PodOptions extends ContainerOptions {
  /** Containers that run beside the main one, such as an exporter. @default none */
  readonly sidecars?: readonly ContainerArgs[];
  /** Containers that each end well before the next one and the main one start. @default none */
  readonly initContainers?: readonly ContainerArgs[];
  /** User and group of all containers, as the image was built for; never 0. @default 1000 */
  readonly userId?: number;
  /** Seconds from the first word to the kill. @default 60 */
  readonly terminationGracePeriodSeconds?: number;
  /** Any text, by custom a time; a new one restarts the pods one by one (K-35). @default none */
  readonly restartedAt?: string;
  /** Secrets of the namespace with which images are pulled. @default none */
  readonly imagePullSecrets?: readonly string[];
  /** What goes first when nodes are full. @default the cluster's default priority */
  readonly priorityClassName?: string;
  /** Part of the system in whose zone the pods, and so their new volumes, go where it can be. @default any zone */
  readonly sameZoneAs?: string;
  /** The cloud's identity of the pods, as the cluster gives it. @default none */
  readonly workloadIdentity?: WorkloadIdentity;
  /** @default the baseline as it is */
  readonly weakened?: Weakenings;
}

/** What a pod of ours consists of: the main container, named after the component, and its options. */
export interface PodArgs extends PodOptions, Omit<ContainerArgs, "name"> {
  readonly identity: Identity;
  readonly serviceAccountName: string;
  /** What makes the pods. @default "Deployment" */
  readonly madeBy?: "Deployment" | "StatefulSet" | "Job";
  /** Seconds between leaving the Service and the signal to stop. @default 15 where there are others */
  readonly preStopSleepSeconds?: number;
}

/** What every pod gets, whatever it runs. */
export const POD_DEFAULTS = {
  /** User and group, which must not be root; images that bring another user still run as this one. */
  userId: 1000,
  /** Proxies learn in that time that the pod has left the Service. */
  preStopSleepSeconds: 15,
  /** The above included. */
  terminationGracePeriodSeconds: 60,
} as const;

/** Problems of the options of a pod. */
export function checkPodOptions(options: PodOptions): Problem[] {
  const { sidecars = [], initContainers = [], userId, terminationGracePeriodSeconds } = options;
  const root: Problem = {
    path: "userId",
    got: String(userId),
    expected: "a whole number of at least 1",
    remedy: "Use the user that the image was built for; root is never needed.",
  };
  const grace: Problem = {
    path: "terminationGracePeriodSeconds",
    got: String(terminationGracePeriodSeconds),
    expected: "a whole number from 1 to 3600",
    remedy: "Name the seconds that a clean end takes at most.",
  };
  const seconds = terminationGracePeriodSeconds ?? 1;
  return [
    ...checkContainerOptions(options),
    ...sidecars.flatMap((one) => checkContainer(one, `sidecars.${one.name}`)),
    ...initContainers.flatMap((one) => checkContainer(one, `initContainers.${one.name}`)),
    ...(userId === undefined || (Number.isInteger(userId) && userId >= 1) ? [] : [root]),
    ...(Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600 ? [] : [grace]),
    ...underPath("weakened", checkReasons(options.weakened ?? {})),
  ];
}

function checkReasons(weakened: Weakenings): Problem[] {
  return Object.entries(weakened)
    .filter(([, reason]) => typeof reason !== "string" || reason.trim().length < 10)
    .map(([path, reason]) => ({
      path,
      got: JSON.stringify(reason),
      expected: "a reason of at least 10 letters",
      remedy: "Say why the baseline cannot hold here, or leave it out.",
    }));
}

/** All containers of a pod, those of its start first. */
export function containersOf(options: PodOptions): ContainerOptions[] {
  return [...(options.initContainers ?? []), options, ...(options.sidecars ?? [])];
}

/** A pod template that Pod Security `restricted` admits, on the one baseline of all pods (K-22, K-23). */
export function podTemplate(args: PodArgs): PodTemplate {
  const { identity, madeBy = "Deployment", userId = POD_DEFAULTS.userId, weakened = {} } = args;
  const { initContainers = [], sidecars = [], imagePullSecrets = [], priorityClassName } = args;
  const main: ContainerArgs = { ...args, name: identity.component };
  const readOnlyRoot = weakened.writableRoot === undefined;
  const preStop = args.preStopSleepSeconds ?? POD_DEFAULTS.preStopSleepSeconds;
  const beside = (container: ContainerArgs) =>
    containerSpec(container, {
      scratchPrefix: `${container.name}-`,
      preStopSleepSeconds: 0,
      readOnlyRoot,
    });
  return {
    metadata: { labels: podLabels(args), ...annotationsOf(args, madeBy) },
    spec: {
      serviceAccountName: args.serviceAccountName,
      automountServiceAccountToken: weakened.serviceAccountToken !== undefined,
      // Otherwise a Service called redis sets REDIS_PORT to a URL in every pod beside it.
      enableServiceLinks: false,
      ...(madeBy === "Job" ? { restartPolicy: "Never" } : {}),
      terminationGracePeriodSeconds:
        args.terminationGracePeriodSeconds ?? POD_DEFAULTS.terminationGracePeriodSeconds,
      ...(imagePullSecrets.length === 0
        ? {}
        : { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
      ...(priorityClassName === undefined ? {} : { priorityClassName }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: userId,
        runAsGroup: userId,
        fsGroup: userId,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...spreadOf(identity, madeBy),
      ...(args.sameZoneAs === undefined ? {} : { affinity: zoneOf(identity, args.sameZoneAs) }),
      ...(initContainers.length === 0 ? {} : { initContainers: initContainers.map(beside) }),
      containers: [
        containerSpec(main, {
          scratchPrefix: "",
          preStopSleepSeconds: madeBy === "Job" ? 0 : preStop,
          readOnlyRoot,
        }),
        ...sidecars.map(beside),
      ],
      volumes: [
        ...scratchVolumes(scratchPaths(args)),
        ...[...initContainers, ...sidecars].flatMap((container) =>
          scratchVolumes(scratchPaths(container), `${container.name}-`),
        ),
        ...volumesOf(containersOf(args).flatMap(({ mounts = [] }) => mounts)),
      ],
    },
  };
}

function podLabels({ identity, workloadIdentity }: PodArgs): Record<string, string> {
  return { ...workloadIdentity?.podLabels, ...objectLabels(identity) };
}

/** Which label tells the old pods of a workload from the new ones. */
const REVISION_LABEL = {
  Deployment: "pod-template-hash",
  StatefulSet: "controller-revision-hash",
} as const;

/** Keeps replicas apart where it can; a cluster with one zone or one node still takes them all. */
function spreadOf(identity: Identity, madeBy: NonNullable<PodArgs["madeBy"]>) {
  if (madeBy === "Job") return {};
  const spread = (topologyKey: string) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selectorLabels(identity) },
    // Without it a rolling update counts the pods that are about to go.
    matchLabelKeys: [REVISION_LABEL[madeBy]],
  });
  const keys = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"];
  return { topologySpreadConstraints: keys.map(spread) };
}

/** Preferred and not required: pods that have a volume elsewhere already must go on running there. */
function zoneOf(identity: Identity, component: string) {
  const near = {
    topologyKey: "topology.kubernetes.io/zone",
    labelSelector: { matchLabels: selectorLabels({ ...identity, component }) },
  };
  const preferred = [{ weight: 100, podAffinityTerm: near }];
  return { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } };
}

/** A Job reads its sources when it starts; a checksum would only make it another Job. */
function annotationsOf(
  args: PodArgs,
  madeBy: PodArgs["madeBy"],
): { annotations?: Record<string, pulumi.Input<string>> } {
  const reads = madeBy === "Job" ? [] : readsOf(...containersOf(args));
  const { writableRoot, serviceAccountToken } = args.weakened ?? {};
  const annotations: Record<string, pulumi.Input<string>> = {
    ...Object.fromEntries(
      reads.map((read) => [`checksum/${sourceId(read.source)}`, readChecksum(read)]),
    ),
    ...(args.restartedAt === undefined ? {} : { "slipway/restarted-at": args.restartedAt }),
    ...(writableRoot === undefined ? {} : { "slipway/why-writable-root": writableRoot }),
    ...(serviceAccountToken === undefined ? {} : { "slipway/why-token": serviceAccountToken }),
    // Otherwise `kubectl exec` and `logs` guess which of several containers is meant.
    ...((args.sidecars ?? []).length === 0
      ? {}
      : { "kubectl.kubernetes.io/default-container": args.identity.component }),
  };
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}
