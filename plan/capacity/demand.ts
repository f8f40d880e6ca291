import { chartContents, type ChartPods } from "../model/charts/index.ts";
import { at, numberAt, textAt } from "../model/json.ts";
import {
  describeObject,
  describeRelease,
  type KubernetesObject,
} from "../model/kubernetes-object.ts";
import type { PlanModel } from "../model/plan-model.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import { NOTHING, plus, podSize, sizeOfRequests, type Size } from "./pod-size.ts";

/** What one workload asks of the nodes. */
export interface Demand {
  /** The workload, or the part of a chart. */
  readonly place: string;
  readonly namespace: string;
  readonly pod: Size;
  /** Pods when nothing is going on. */
  readonly minPods: number;
  /** Pods at most: the autoscaler's maximum, and those that are added while a Deployment rolls. */
  readonly maxPods: number;
}

/** Everything that runs in the cluster, charts that the plan knows included. */
export function demands(model: PlanModel): Demand[] {
  const nodes = {
    min: model.cluster.nodePools.reduce((sum, { minNodes }) => sum + minNodes, 0),
    max: model.cluster.nodePools.reduce((sum, { maxNodes }) => sum + maxNodes, 0),
  };
  const own = model.pods.map((template): Demand => {
    const [minPods, maxPods] = podCounts(model, template, nodes);
    return {
      place: describeObject(template.owner),
      namespace: template.namespace,
      pod: podSize(template.spec),
      minPods,
      maxPods,
    };
  });
  const charts = model.releases.flatMap((release) =>
    (chartContents(release)?.pods ?? []).map((part): Demand => {
      const [minPods, maxPods] = chartPodCounts(part, nodes);
      return {
        place: `${describeRelease(release)} ${part.part}`,
        namespace: release.namespace,
        pod: part.requests.map(sizeOfRequests).reduce(plus, NOTHING),
        minPods,
        maxPods,
      };
    }),
  );
  return [...own, ...charts];
}

type Nodes = Readonly<Record<"min" | "max", number>>;

/** Kubernetes' default for the pods that a Deployment adds while it rolls. */
const DEFAULT_SURGE = "25%";

function podCounts(model: PlanModel, { owner }: PodTemplate, nodes: Nodes): [number, number] {
  switch (owner.kind) {
    case "Deployment": {
      const [min, max] = replicas(model, owner);
      return [min, max + surge(owner, max)];
    }
    case "StatefulSet":
    case "ReplicaSet":
      return replicas(model, owner);
    case "DaemonSet":
      return [nodes.min, nodes.max];
    case "EnvoyProxy":
      return proxies(owner);
    case "Cluster":
      return operatedServers(owner);
    case "CronJob":
      return [0, numberAt(owner.body, "spec", "jobTemplate", "spec", "parallelism") ?? 1];
    case "Job":
      return [0, numberAt(owner.body, "spec", "parallelism") ?? 1];
    default:
      return [1, 1];
  }
}

/** The servers of an operated database; none while it hibernates. */
function operatedServers({ body, annotations }: KubernetesObject): [number, number] {
  const servers = numberAt(body, "spec", "instances") ?? 1;
  return annotations["cnpg.io/hibernation"] === "on" ? [0, 0] : [servers, servers];
}

/** The proxies of a gateway, which the controller makes a Deployment of. */
function proxies({ body }: KubernetesObject): [number, number] {
  const path = ["spec", "provider", "kubernetes", "envoyDeployment", "replicas"];
  const replicas = numberAt(body, ...path) ?? 1;
  return [replicas, replicas + portion(DEFAULT_SURGE, replicas)];
}

function chartPodCounts({ kind, replicas }: ChartPods, nodes: Nodes): [number, number] {
  if (kind === "DaemonSet") return [nodes.min, nodes.max];
  const added = kind === "Deployment" ? portion(DEFAULT_SURGE, replicas) : 0;
  return [replicas, replicas + added];
}

function replicas(model: PlanModel, owner: KubernetesObject): [number, number] {
  const scaler = model.ofKind("HorizontalPodAutoscaler", owner.namespace).find(({ body }) => {
    const target = at(body, "spec", "scaleTargetRef");
    return textAt(target, "kind") === owner.kind && textAt(target, "name") === owner.name;
  });
  const fixed = numberAt(owner.body, "spec", "replicas") ?? 1;
  if (scaler === undefined) return [fixed, fixed];
  return [
    numberAt(scaler.body, "spec", "minReplicas") ?? 1,
    numberAt(scaler.body, "spec", "maxReplicas") ?? 1,
  ];
}

function surge({ body }: KubernetesObject, max: number): number {
  if (textAt(body, "spec", "strategy", "type") === "Recreate") return 0;
  const given = at(body, "spec", "strategy", "rollingUpdate", "maxSurge");
  return portion(
    typeof given === "string" || typeof given === "number" ? given : DEFAULT_SURGE,
    max,
  );
}

/** A number of pods, or a percentage of them rounded up. */
function portion(amount: string | number, of: number): number {
  if (typeof amount === "number") return amount;
  return Math.ceil((Number(amount.replace("%", "")) / 100) * of);
}
