import { asObjects, at, numberAt, objectAt, objectsAt, textAt, type Json } from "./json.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";

/** What a workload makes its pods from. */
export interface PodTemplate {
  readonly owner: KubernetesObject;
  readonly namespace: string;
  readonly labels: Json;
  /** The pod's spec. */
  readonly spec: Json;
  /** Where the spec stands in the owner, such as `spec.template.spec`. */
  readonly path: string;
  /** Claims that the owner makes for each pod, by volume name. */
  readonly claimTemplates: readonly Json[];
}

const TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  Pod: [],
};

/** The pod template of a workload, or undefined for any other object. */
export function readPodTemplate(owner: KubernetesObject): PodTemplate | undefined {
  const path = TEMPLATE_PATHS[owner.kind];
  if (path === undefined || owner.namespace === undefined) return undefined;
  const template = at(owner.body, ...path);
  return {
    owner,
    namespace: owner.namespace,
    labels: objectAt(template, "metadata", "labels"),
    spec: objectAt(template, "spec"),
    path: [...path, "spec"].join("."),
    claimTemplates: objectsAt(owner.body, "spec", "volumeClaimTemplates"),
  };
}

/** A container with where it stands: `spec.template.spec.containers.backend`. */
export interface Container {
  readonly path: string;
  readonly body: Json;
}

/** All containers of a template, those of its start first. */
export function containersOf({ spec, path }: PodTemplate): Container[] {
  return ["initContainers", "containers"].flatMap((list) =>
    asObjects(spec[list]).map((body, index) => ({
      path: `${path}.${list}.${textAt(body, "name") ?? index}`,
      body,
    })),
  );
}

/** The ports that the containers declare, by name and by number. */
export function portNamesOf(pod: PodTemplate): string[] {
  return containersOf(pod)
    .flatMap(({ body }) => objectsAt(body, "ports"))
    .flatMap((port) => [textAt(port, "name"), numberAt(port, "containerPort")?.toString()])
    .filter((name) => name !== undefined);
}

/** Whether labels satisfy a label selector. An empty selector takes everything. */
export function selects(selector: Json, labels: Json): boolean {
  const matchLabels = objectAt(selector, "matchLabels");
  const expressions = objectsAt(selector, "matchExpressions");
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    expressions.every((expression) => holds(expression, labels))
  );
}

function holds(expression: Json, labels: Json): boolean {
  const value = labels[textAt(expression, "key") ?? ""];
  const values = expression["values"];
  const listed = Array.isArray(values) && values.includes(value);
  switch (expression["operator"]) {
    case "In":
      return listed;
    case "NotIn":
      return !listed;
    case "Exists":
      return value !== undefined;
    default:
      return value === undefined;
  }
}
