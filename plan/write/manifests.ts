import { stringify } from "yaml";
import { asObject, sorted, type Json } from "../model/json.ts";
import type { HelmRelease, KubernetesObject } from "../model/kubernetes-object.ts";
import { MASK, maskSecrets } from "../secret.ts";

/** A file of a plan: its path below the plan's folder, and its text. */
export interface PlanFile {
  readonly path: string;
  readonly text: string;
}

/** The folder of the objects that belong to no namespace; no namespace can be called that. */
const CLUSTER_FOLDER = "_cluster";

/** Each object in a file of its own, as it would be applied, with secrets masked. */
export function manifestFiles(objects: readonly KubernetesObject[]): PlanFile[] {
  const files = objects.map((object) => ({
    path: `manifests/${object.namespace ?? CLUSTER_FOLDER}/${object.kind}-${fileName(object.name)}.yaml`,
    object,
  }));
  return [...Map.groupBy(files, ({ path }) => path)].flatMap(([path, sharing]) =>
    sharing.map(({ object }) => ({
      // Kinds of one name in two groups are rare, and then the group tells them apart.
      path: sharing.length === 1 ? path : path.replace(/\.yaml$/, `.${object.group}.yaml`),
      text: yaml(manifest(object)),
    })),
  );
}

function manifest({ resource }: KubernetesObject): Json {
  const { apiVersion, kind, metadata, data, ...rest } = asObject(maskSecrets(resource.outputs));
  return {
    apiVersion,
    kind,
    metadata: sorted(metadata),
    ...asObject(sorted({ ...rest, data: kind === "Secret" ? encodedMasks(data) : data })),
  };
}

/** The masks below `data` of a Secret in base64, as Kubernetes takes nothing else there. */
function encodedMasks(data: unknown): unknown {
  if (data === undefined) return undefined;
  const encoded = Buffer.from(MASK).toString("base64");
  return Object.fromEntries(Object.keys(asObject(data)).map((key) => [key, encoded]));
}

/** Each release in a file of its own: the chart, where it is from, and its values. */
export function releaseFiles(releases: readonly HelmRelease[]): PlanFile[] {
  return releases.map(({ resource, namespace, name, chart, version }) => {
    const outputs = asObject(maskSecrets(resource.outputs));
    const { repositoryOpts, values, ...options } = outputs;
    const own = new Set([
      "name",
      "namespace",
      "chart",
      "version",
      "status",
      "compat",
      "resourceType",
    ]);
    const others = Object.entries(options).filter(([key]) => !own.has(key));
    return {
      path: `releases/${namespace}-${fileName(name)}.yaml`,
      text: yaml({
        name,
        namespace,
        chart,
        version,
        repository: asObject(repositoryOpts)["repo"] ?? options["chart"],
        options: sorted(Object.fromEntries(others)),
        values: sorted(values ?? {}),
      }),
    };
  });
}

function yaml(value: unknown): string {
  // Without anchors: the same value twice is two values to whoever reads or compares the file.
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Names of roles hold colons, which not every file system takes. */
function fileName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]/g, "_");
}
