import { reveal, type RecordedResource } from "../recording.ts";
import { asObject, objectAt, textAt, type Json } from "./json.ts";

/** One object of the Kubernetes API, as the program would send it. */
export interface KubernetesObject {
  readonly resource: RecordedResource;
  /** `apps` of `apps/v1`; empty for the core group. */
  readonly group: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for objects of the cluster as a whole. */
  readonly namespace?: string;
  readonly name: string;
  readonly labels: Json;
  readonly annotations: Json;
  /** The whole object with secrets in clear: to compare, never to print. */
  readonly body: Json;
}

/** One chart, installed by Helm. */
export interface HelmRelease {
  readonly resource: RecordedResource;
  readonly namespace: string;
  readonly name: string;
  readonly chart: string;
  readonly version: string;
  readonly values: Json;
}

export const RELEASE_TYPE = "kubernetes:helm.sh/v3:Release";

/** Kinds that belong to no namespace; every other kind without one is in `default`. */
const CLUSTER_KINDS = new Set([
  "APIService",
  "ClusterIssuer",
  "ClusterRole",
  "ClusterRoleBinding",
  "ClusterSecretStore",
  "CustomResourceDefinition",
  "GatewayClass",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "PersistentVolume",
  "PriorityClass",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
]);

/** The Kubernetes object that a resource stands for, or undefined when it is something else. */
export function readObject(resource: RecordedResource): KubernetesObject | undefined {
  const body = asObject(reveal(resource.outputs));
  const apiVersion = textAt(body, "apiVersion");
  const kind = textAt(body, "kind");
  const isObject = resource.custom && resource.type.startsWith("kubernetes:");
  if (
    !isObject ||
    resource.type === RELEASE_TYPE ||
    apiVersion === undefined ||
    kind === undefined
  ) {
    return undefined;
  }
  const namespace = textAt(body, "metadata", "namespace") ?? "default";
  return {
    resource,
    group: apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "",
    apiVersion,
    kind,
    ...(CLUSTER_KINDS.has(kind) ? {} : { namespace }),
    name: textAt(body, "metadata", "name") ?? resource.name,
    labels: objectAt(body, "metadata", "labels"),
    annotations: objectAt(body, "metadata", "annotations"),
    body,
  };
}

/** The release that a resource stands for, or undefined when it is something else. */
export function readRelease(resource: RecordedResource): HelmRelease | undefined {
  if (resource.type !== RELEASE_TYPE) return undefined;
  const body = asObject(reveal(resource.outputs));
  const chart = textAt(body, "chart") ?? "";
  return {
    resource,
    namespace: textAt(body, "namespace") ?? "default",
    name: textAt(body, "name") ?? resource.name,
    // An OCI chart is named by its whole address.
    chart: chart.slice(chart.lastIndexOf("/") + 1),
    version: textAt(body, "version") ?? "",
    values: objectAt(body, "values"),
  };
}

/** `Deployment kaizen-studio/backend`, or `ClusterIssuer letsencrypt-prod`. */
export function describeObject({ kind, namespace, name }: KubernetesObject): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** `Release monitoring/prometheus`. */
export function describeRelease({ namespace, name }: HelmRelease): string {
  return `Release ${namespace}/${name}`;
}
