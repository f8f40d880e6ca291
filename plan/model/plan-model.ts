import type { ClusterFacts } from "../../components/clusters/cluster-facts.ts";
import type { RecordedResource, Recording } from "../recording.ts";
import { chartContents } from "./charts/index.ts";
import { at, objectAt, textAt } from "./json.ts";
import {
  readObject,
  readRelease,
  type HelmRelease,
  type KubernetesObject,
} from "./kubernetes-object.ts";
import { madeSecrets } from "./made-secrets.ts";
import { readOperatedPods } from "./operated-pods.ts";
import { readProxies } from "./gateway-proxies.ts";
import { readPodTemplate, type PodTemplate } from "./pod-template.ts";

/** A recording, read as what Kubernetes and Helm would be given. */
export interface PlanModel {
  /** By URN; so is everything below. */
  readonly resources: readonly RecordedResource[];
  readonly objects: readonly KubernetesObject[];
  readonly releases: readonly HelmRelease[];
  readonly pods: readonly PodTemplate[];
  readonly cluster: ClusterFacts;
  /** The resource that creates a namespace, by the namespace's name. */
  readonly namespaces: ReadonlyMap<string, RecordedResource>;
  /** Whether a chart puts objects into the namespace that a plan cannot see. */
  readonly hasRelease: (namespace: string) => boolean;
  /** The object, or undefined. */
  readonly find: (
    kind: string,
    namespace: string | undefined,
    name: string,
  ) => KubernetesObject | undefined;
  /** The objects of one kind; of one namespace, where it is given. */
  readonly ofKind: (kind: string, namespace?: string) => KubernetesObject[];
  /** Keys of a Secret or ConfigMap, or undefined when there is none. */
  readonly keysOf: (
    kind: "Secret" | "ConfigMap",
    namespace: string,
    name: string,
  ) => string[] | undefined;
  /** Whether a resource exists before another, by dependencies of itself and of its parents. */
  readonly comesAfter: (urn: string, before: string) => boolean;
}

/** Keys that cert-manager writes into the Secret of a Certificate. */
const CERTIFICATE_KEYS = ["ca.crt", "tls.crt", "tls.key"];

/** Reads a recording. */
export function planModel(recording: Recording, cluster: ClusterFacts): PlanModel {
  // Not in order of registration, which hangs on how promises resolve.
  const resources = recording.resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
  const objects = resources.map(readObject).filter((object) => object !== undefined);
  const releases = resources.map(readRelease).filter((release) => release !== undefined);
  const namespaces = new Map(
    objects
      .filter(({ kind }) => kind === "Namespace")
      .map(({ name, resource }) => [name, resource]),
  );
  for (const release of releases) {
    const creates = at(release.resource.outputs, "createNamespace") === true;
    if (creates && !namespaces.has(release.namespace)) {
      namespaces.set(release.namespace, release.resource);
    }
  }
  const ofKind = (kind: string, namespace?: string) =>
    objects.filter(
      (object) =>
        object.kind === kind && (namespace === undefined || object.namespace === namespace),
    );
  const find = (kind: string, namespace: string | undefined, name: string) =>
    objects.find(
      (object) => object.kind === kind && object.namespace === namespace && object.name === name,
    );
  return {
    resources,
    objects,
    releases,
    pods: objects
      .map((object) => readPodTemplate(object) ?? readOperatedPods(object) ?? readProxies(object))
      .filter((pod) => pod !== undefined),
    cluster,
    namespaces,
    hasRelease: (namespace) => releases.some((release) => release.namespace === namespace),
    find,
    ofKind,
    keysOf: (kind, namespace, name) => {
      const object = find(kind, namespace, name);
      if (object !== undefined) {
        const { body } = object;
        return ["data", "stringData", "binaryData"]
          .flatMap((member) => Object.keys(objectAt(body, member)))
          .toSorted();
      }
      const made = kind === "Secret" ? madeSecrets(objects, namespace).get(name) : undefined;
      if (made !== undefined) return made;
      const certificate = ofKind("Certificate", namespace).some(
        ({ body }) => textAt(body, "spec", "secretName") === name,
      );
      return kind === "Secret" && certificate ? CERTIFICATE_KEYS : undefined;
    },
    comesAfter: reachability(resources),
  };
}

/** API groups with definitions in the plan, and the resources that bring them. */
export function bringersOfGroup(
  { releases, ofKind }: PlanModel,
  group: string,
): RecordedResource[] {
  const definitions = ofKind("CustomResourceDefinition").filter(
    ({ body }) => textAt(body, "spec", "group") === group,
  );
  const charts = releases.filter((release) => chartContents(release)?.groups.includes(group));
  return [...charts, ...definitions].map(({ resource }) => resource);
}

/**
 * The engine creates a resource after its dependencies, its provider and its parent, and after what
 * those come after; deletion goes the other way round.
 */
function reachability(resources: readonly RecordedResource[]): PlanModel["comesAfter"] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const known = new Map<string, ReadonlySet<string>>();
  function before(urn: string): ReadonlySet<string> {
    const cached = known.get(urn);
    if (cached !== undefined) return cached;
    const found = new Set<string>();
    // Set before it is complete, so that a cycle ends; the engine refuses cycles anyway.
    known.set(urn, found);
    const { dependencies = [], providerUrn, parent } = byUrn.get(urn) ?? {};
    for (const next of [...dependencies, providerUrn, parent]) {
      if (next === undefined) continue;
      found.add(next);
      for (const further of before(next)) found.add(further);
    }
    return found;
  }
  return (urn, other) => before(urn).has(other);
}
