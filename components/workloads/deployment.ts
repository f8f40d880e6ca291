import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { objectLabels, selectorLabels, type Identity } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";
import type { ResourceBounds } from "../core/quantity.ts";
import {
  checkCount,
  checkScale,
  hpaSpec,
  pdbMinAvailable,
  pdbSpec,
  type Scale,
} from "./availability.ts";
import { checkContainer, sourcesOf } from "./container.ts";
import {
  checkPodOptions,
  containersOf,
  podTemplate,
  type PodArgs,
  type PodOptions,
} from "./pod.ts";

/** Where a workload goes and what it is called. */
export interface Place extends Identity {
  readonly namespace: string;
}

/** What a Deployment of ours is made of, with or without a Service in front of it. */
export interface RollingArgs extends Place, PodOptions {
  /** The part of the system, and the Deployment's name (K-12, K-13). Changing it replaces everything. */
  readonly component: string;
  /** With tag or digest (K-14). A change rolls the pods, one more at a time, none missing (D-85). */
  readonly image: string;
  readonly resources: ResourceBounds;
  readonly scale: Scale;
  /**
   * Pods that a drain leaves running, at least 1; lowered where fewer run (K-25, D-56). @default 1
   */
  readonly minAvailable?: number;
  /** What has to be done before new pods start, such as a Migration; nothing else waits. @default none */
  readonly after?: readonly pulumi.Resource[];
  /** Runs no pods and keeps everything else; the HPA goes, or it would start them. @default false */
  readonly suspended?: boolean;
}

export const ROLLING_DEFAULTS = {
  minAvailable: 1,
  after: [],
  suspended: false,
} as const satisfies Partial<RollingArgs>;

export type FullRollingArgs = RollingArgs &
  Required<Pick<RollingArgs, keyof typeof ROLLING_DEFAULTS>>;

/** Metadata of an object that people and other objects call by name. */
export function namedAs(
  args: Place,
  name: string,
): { namespace: string; name: string; labels: Record<string, string> } {
  return { namespace: args.namespace, name, labels: objectLabels(args) };
}

/** The ServiceAccount of a workload, named after the component. Pods ask for a token, if they need one. */
export function createServiceAccount(
  name: string,
  args: Place & Pick<PodOptions, "workloadIdentity">,
  options: pulumi.CustomResourceOptions,
): k8s.core.v1.ServiceAccount {
  const annotations = args.workloadIdentity?.serviceAccountAnnotations ?? {};
  const metadata = {
    ...namedAs(args, args.component),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
  };
  return new k8s.core.v1.ServiceAccount(
    `${name}-service-account`,
    { metadata, automountServiceAccountToken: false },
    options,
  );
}

/** ServiceAccount and Deployment, and where they make sense an HPA and a PodDisruptionBudget. */
export function createDeployment(
  parent: pulumi.Resource,
  name: string,
  args: FullRollingArgs,
  pod: Pick<PodArgs, "ports" | "probes">,
  opts: ChildBearingOptions | undefined,
): k8s.apps.v1.Deployment {
  const account = createServiceAccount(name, args, childOptions(parent, opts));
  const sources = sourcesOf(...containersOf(args)).map((source) => source.object);
  const deployment = new k8s.apps.v1.Deployment(
    `${name}-deployment`,
    { metadata: namedAs(args, args.component), spec: deploymentSpec(args, pod) },
    childOptions(parent, opts, [account, ...sources, ...args.after]),
  );
  if (!args.suspended) createAvailability(name, args, childOptions(parent, opts, [deployment]));
  return deployment;
}

function createAvailability(
  name: string,
  args: FullRollingArgs,
  options: pulumi.CustomResourceOptions,
): void {
  const { namespace, component, scale } = args;
  if ("autoscaling" in scale) {
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      `${name}-hpa`,
      {
        metadata: namedAs(args, `${component}-hpa`),
        spec: hpaSpec(component, scale.autoscaling),
      },
      options,
    );
  }
  const minAvailable = pdbMinAvailable(args.minAvailable, scale);
  if (minAvailable === undefined) return;
  new k8s.policy.v1.PodDisruptionBudget(
    `${name}-pdb`,
    { metadata: { namespace, labels: objectLabels(args) }, spec: pdbSpec(args, minAvailable) },
    options,
  );
}

/** Everything wrong with a Deployment's arguments that their types cannot say. */
export function checkRolling(args: FullRollingArgs): Problem[] {
  return [
    ...checkContainer({ name: args.component, image: args.image, resources: args.resources }),
    ...checkScale(args.scale, "scale"),
    ...checkCount(args.minAvailable, 1, "minAvailable"),
    ...checkPodOptions(args),
  ];
}

/** The Deployment's spec. With an HPA it has no `replicas`: the two would undo each other (D-86). */
export function deploymentSpec(
  args: FullRollingArgs,
  pod: Pick<PodArgs, "ports" | "probes">,
): k8s.types.input.apps.v1.DeploymentSpec {
  const fixed = "replicas" in args.scale ? { replicas: args.scale.replicas } : {};
  return {
    ...(args.suspended ? { replicas: 0 } : fixed),
    revisionHistoryLimit: 10,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    selector: { matchLabels: selectorLabels(args) },
    template: podTemplate({
      ...args,
      ...pod,
      identity: args,
      serviceAccountName: args.component,
    }),
  };
}
