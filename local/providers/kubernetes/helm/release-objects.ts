import { parseAllDocuments, stringify } from "yaml";
import type { Json, JsonObject } from "../../property-values.ts";
import { isObject, objectAt } from "../json-access.ts";
import { nameOf, namespaceOf, type Manifest } from "../manifest.ts";
import { chartDefinitions } from "./chart-definitions.ts";
import { STAND_IN_CHARTS } from "./charts/index.ts";
import type { ReleaseSpec } from "./release-inputs.ts";

const RELEASE_NAME = "meta.helm.sh/release-name";
const RELEASE_NAMESPACE = "meta.helm.sh/release-namespace";
const RESOURCE_POLICY = "helm.sh/resource-policy";

/** What a release brings, by what Helm does with it. */
export interface ReleaseObjects {
  /** Installed if absent, and left alone ever after. */
  readonly crdFolder: readonly Manifest[];
  /** Applied, upgraded and deleted with the release. */
  readonly templates: readonly Manifest[];
}

/** The objects of a release by the table of charts. */
export function releaseObjects(release: ReleaseSpec): ReleaseObjects {
  const chart = STAND_IN_CHARTS[release.chart];
  if (chart === undefined) return { crdFolder: [], templates: [] };
  const { definitions } = chart;
  const objects = chart.objects(release);
  if (!definitions?.enabled(release.values)) {
    return { crdFolder: [], templates: objects.map((object) => owned(object, release)) };
  }
  if (definitions.place === "crds") {
    return {
      crdFolder: release.skipCrds ? [] : chartDefinitions(release.chart),
      templates: objects.map((object) => owned(object, release)),
    };
  }
  const kept = definitions.kept(release.values);
  const templated = chartDefinitions(release.chart).map((definition) =>
    kept ? annotated(definition, { [RESOURCE_POLICY]: "keep" }) : definition,
  );
  return {
    crdFolder: [],
    templates: [...templated, ...objects].map((object) => owned(object, release)),
  };
}

function annotated(object: Manifest, annotations: JsonObject): Manifest {
  const present = objectAt(object.metadata, "annotations");
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...present, ...annotations } },
  };
}

function owned(object: Manifest, release: ReleaseSpec): Manifest {
  const marked = annotated(object, {
    [RELEASE_NAME]: release.name,
    [RELEASE_NAMESPACE]: release.namespace,
  });
  const labels = {
    ...objectAt(object.metadata, "labels"),
    "app.kubernetes.io/managed-by": "Helm",
    "app.kubernetes.io/instance": release.name,
    "helm.sh/chart": `${release.chart}-${release.version}`,
  };
  return { ...marked, metadata: { ...marked.metadata, labels } };
}

/** Whether a living object belongs to the release, or was left by an earlier one of its name. */
export function belongsTo(
  live: Manifest,
  release: Pick<ReleaseSpec, "name" | "namespace">,
): boolean {
  const annotations = objectAt(live.metadata, "annotations");
  return (
    annotations[RELEASE_NAME] === release.name &&
    annotations[RELEASE_NAMESPACE] === release.namespace
  );
}

export function isKept(object: Manifest): boolean {
  return objectAt(object.metadata, "annotations")[RESOURCE_POLICY] === "keep";
}

/**
 * The objects as the release's record holds them. Of a definition only its identity is kept: the schemas
 * of some charts together would not fit into one Secret.
 */
export function renderManifest(objects: readonly Manifest[]): string {
  return objects
    .map((object) => (isDefinition(object) ? identityOf(object) : object))
    .map((object) => `---\n${stringify(object)}`)
    .join("");
}

export function isDefinition(object: Manifest): boolean {
  return object.kind === "CustomResourceDefinition";
}

function identityOf({ apiVersion, kind, metadata }: Manifest): Manifest {
  const { name = "" } = metadata;
  return { apiVersion, kind, metadata: { name, annotations: objectAt(metadata, "annotations") } };
}

export function parseManifest(manifest: string): Manifest[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJSON() as Json)
    .filter((object): object is Manifest => isObject(object));
}

/** Names of objects by kind, in the real plugin's form: `Service/v1` → `namespace/name`. */
export function resourceNames(objects: readonly Manifest[]): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const object of objects) {
    const slash = object.apiVersion.indexOf("/");
    const group = slash < 0 ? "" : `.${object.apiVersion.slice(0, slash)}`;
    const key = `${object.kind}${group}/${object.apiVersion}`;
    const namespace = namespaceOf(object);
    const name = nameOf(object);
    (names[key] ??= []).push(namespace === undefined ? name : `${namespace}/${name}`);
  }
  return names;
}
