import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import { objectLabels, selectorLabels } from "../core/labels.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import type { Problem } from "../core/problem.ts";
import type { ResourceBounds } from "../core/quantity.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { checkCount, pdbMinAvailable, pdbSpec } from "./availability.ts";
import { checkVolume, claimSpec, createClaim, type VolumeSize } from "./claim.ts";
import { checkContainer, sourcesOf } from "./container.ts";
import { createServiceAccount, namedAs, type Place } from "./deployment.ts";
import { plainArgs } from "../core/plain-args.ts";
import { checkPodOptions, containersOf, podTemplate, type PodOptions } from "./pod.ts";
import { probes, type ProbeAction } from "./probes.ts";
import { createServiceMonitor } from "./service-monitor.ts";
import { checkPort, headlessSpec, serviceSpec, waitingFor } from "./service.ts";

/** A volume that each pod has of its own. */
export interface StatefulVolume extends VolumeSize {
  /** Where the main container sees it. */
  readonly path: string;
}

export interface StatefulServiceArgs extends Place, PodOptions {
  /** The part of the system, and the StatefulSet's name; pods are `<component>-0` and up (K-15). */
  readonly component: string;
  /** With tag or digest (K-14). A change restarts the pods one by one, the last first. */
  readonly image: string;
  readonly resources: ResourceBounds;
  /** At least 1. One fewer deletes the last pod's volumes too. @default 1 */
  readonly replicas?: number;
  /** Ports by name; the Service has them under the same numbers. */
  readonly ports: Readonly<Record<string, number>>;
  /** Ports of sidecars that the Service has too, by name. @default none */
  readonly sidecarPorts?: Readonly<Record<string, number>>;
  /** The name under which others call it; `<name>-headless` gives each pod a name of its own. */
  readonly serviceName: string;
  readonly health: ProbeAction;
  /** What tells that a start is done, where that takes more than health. @default health */
  readonly started?: ProbeAction;
  /** Seconds that a start may take, at least 10: a server may have to read all its data. @default 300 */
  readonly startSeconds?: number;
  /** Volumes of each pod by name; claims are `<volume>-<component>-<ordinal>`. */
  readonly volumes: Readonly<Record<string, StatefulVolume>>;
  /** The engine refuses to delete the volumes until this is false again. @default false */
  readonly protectData?: boolean;
  /** @default nothing is scraped */
  readonly metrics?: {
    readonly port: string;
    readonly path: string;
    readonly monitors: PlatformCapabilities["monitors"];
  };
  /** Runs no pods and keeps everything else, volumes included. @default false */
  readonly suspended?: boolean;
}

export const STATEFUL_SERVICE_DEFAULTS = {
  replicas: 1,
  startSeconds: 300,
  sidecarPorts: {},
  protectData: false,
  suspended: false,
} as const satisfies Partial<StatefulServiceArgs>;

type FullArgs = StatefulServiceArgs &
  Required<Pick<StatefulServiceArgs, keyof typeof STATEFUL_SERVICE_DEFAULTS>>;

/**
 * Pods that keep their name and their data: StatefulSet, Service, headless Service, ServiceAccount,
 * claims, a PodDisruptionBudget where there is more than one.
 *
 * Claims are resources of their own, under the very names that the StatefulSet looks for. It would make
 * them itself, but then from a template that nobody can change: a larger size would mean to delete the
 * StatefulSet, by hand or by replacing it. So a new size is an update of the claim alone, the preview
 * shows it, and the pods run on.
 */
export class StatefulService extends pulumi.ComponentResource {
  constructor(name: string, args: StatefulServiceArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:StatefulService", name, plainArgs(args), opts);
    const full: FullArgs = withDefaults(STATEFUL_SERVICE_DEFAULTS, args);
    refuse(checkStatefulService(full), this);
    const account = createServiceAccount(name, full, childOptions(this, opts));
    const claims = claimsOf(full).map((claim) =>
      createClaim(name, { namespace: full.namespace, ...claim }, full, {
        ...childOptions(this, opts),
        protect: full.protectData,
      }),
    );
    this.createServices(name, full, childOptions(this, opts));
    const sources = sourcesOf(...containersOf(full)).map((source) => source.object);
    const statefulSet = new k8s.apps.v1.StatefulSet(
      `${name}-statefulset`,
      { metadata: namedAs(full, full.component), spec: statefulSetSpec(full) },
      childOptions(this, opts, [account, ...claims, ...sources]),
    );
    this.createBudget(name, full, childOptions(this, opts, [statefulSet]));
    if (full.metrics !== undefined) {
      const { namespace, system, component, metrics } = full;
      createServiceMonitor(this, name, { namespace, system, component, ...metrics }, opts);
    }
    this.registerOutputs({ serviceName: full.serviceName });
  }

  private createServices(
    name: string,
    args: FullArgs,
    options: pulumi.CustomResourceOptions,
  ): void {
    const wait = waitingFor(args.suspended);
    const own = portsOf(args.ports);
    new k8s.core.v1.Service(
      `${name}-service`,
      {
        metadata: { ...namedAs(args, args.serviceName), ...wait },
        spec: serviceSpec(args, [...own, ...portsOf(args.sidecarPorts)]),
      },
      options,
    );
    new k8s.core.v1.Service(
      `${name}-headless`,
      {
        metadata: { ...namedAs(args, headlessName(args)), ...wait },
        // Without the sidecars' ports: a monitor that found both Services would count twice.
        spec: headlessSpec(args, own),
      },
      options,
    );
  }

  private createBudget(name: string, args: FullArgs, options: pulumi.CustomResourceOptions): void {
    const minAvailable = pdbMinAvailable(args.replicas - 1, { replicas: args.replicas });
    if (args.suspended || minAvailable === undefined) return;
    new k8s.policy.v1.PodDisruptionBudget(
      `${name}-pdb`,
      {
        metadata: { namespace: args.namespace, labels: objectLabels(args) },
        spec: pdbSpec(args, minAvailable),
      },
      options,
    );
  }
}

function portsOf(ports: Readonly<Record<string, number>>) {
  return Object.entries(ports).map(([name, port]) => ({ name, port }));
}

function headlessName({ serviceName }: Pick<StatefulServiceArgs, "serviceName">): string {
  return `${serviceName}-headless`;
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkStatefulService(args: FullArgs): Problem[] {
  const ports = Object.entries({ ...args.ports, ...args.sidecarPorts });
  return [
    ...checkContainer({ name: args.component, image: args.image, resources: args.resources }),
    ...checkCount(args.replicas, 1, "replicas"),
    ...checkCount(args.startSeconds, 10, "startSeconds"),
    ...ports.flatMap(([name, port]) => checkPort(port, 1024, `ports.${name}`)),
    ...Object.entries(args.volumes).flatMap(([name, volume]) =>
      checkVolume(volume, `volumes.${name}`),
    ),
    ...checkPodOptions(withVolumes(args)),
  ];
}

/** The options with the volumes among the mounts of the main container. */
function withVolumes(args: FullArgs): PodOptions {
  const own = Object.entries(args.volumes).map(([claimTemplate, { path }]) => ({
    path,
    from: { claimTemplate },
  }));
  return { ...args, mounts: [...own, ...(args.mounts ?? [])] };
}

/** The claims of all pods, by the names under which the StatefulSet looks for them. */
export function claimsOf(
  args: Pick<FullArgs, "component" | "replicas" | "volumes">,
): { claimName: string; volume: VolumeSize }[] {
  const ordinals = Array.from({ length: args.replicas }, (_, ordinal) => ordinal);
  return Object.entries(args.volumes).flatMap(([name, volume]) =>
    ordinals.map((ordinal) => ({ claimName: `${name}-${args.component}-${ordinal}`, volume })),
  );
}

/** Stands in claim templates, which must never change; the claims themselves say how large they are. */
const TEMPLATE_SIZE = "1Gi";

/** The StatefulSet's spec. */
export function statefulSetSpec(args: FullArgs): k8s.types.input.apps.v1.StatefulSetSpec {
  return {
    serviceName: headlessName(args),
    replicas: args.suspended ? 0 : args.replicas,
    revisionHistoryLimit: 10,
    // In order, a pod that cannot start would keep all after it, and its own repair, from starting.
    podManagementPolicy: "Parallel",
    updateStrategy: { type: "RollingUpdate" },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
    selector: { matchLabels: selectorLabels(args) },
    template: podTemplate({
      ...withVolumes(args),
      image: args.image,
      resources: args.resources,
      ports: args.ports,
      probes: probes(args.health, args.startSeconds, args.started),
      identity: args,
      serviceAccountName: args.component,
      madeBy: "StatefulSet",
      // There is no other pod that callers could turn to in that time.
      ...(args.replicas === 1 ? { preStopSleepSeconds: 0 } : {}),
    }),
    volumeClaimTemplates: Object.entries(args.volumes).map(([name, { storageClass }]) => ({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name },
      spec: claimSpec({ size: TEMPLATE_SIZE, storageClass }),
    })),
  };
}
