import fs from "node:fs";
import { chartDefinitions } from "../../local/providers/kubernetes/helm/chart-definitions.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { objectAt, objectsAt, textAt } from "../../plan/model/json.ts";
import type { StrictApi } from "./strict-api.ts";

/** A kind in one of its versions, such as `cert-manager.io/v1 ClusterIssuer`. */
export const kindOf = ({ apiVersion, kind }: Pick<Manifest, "apiVersion" | "kind">) =>
  `${apiVersion} ${kind}`;

/** The definitions of all charts of which a folder has any. */
export function allDefinitions(folder: string): Manifest[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => chartDefinitions(name, folder));
}

/** What each definition says that the API server is to serve. */
function servedBy(definition: Manifest): { apiVersion: string; kind: string }[] {
  const spec = objectAt(definition, "spec");
  const kind = textAt(spec, "names", "kind") ?? "";
  return objectsAt(spec, "versions")
    .filter(({ served }) => served === true)
    .map(({ name }) => ({ apiVersion: `${textAt(spec, "group") ?? ""}/${String(name)}`, kind }));
}

/** Creates definitions, and waits until the API server knows all that they define. */
export async function serveDefinitions(
  api: StrictApi,
  definitions: readonly Manifest[],
): Promise<void> {
  await api.createAll(definitions);
  const served = definitions.flatMap(servedBy);
  await Promise.all(served.map(({ apiVersion, kind }) => api.untilServed(apiVersion, kind)));
}

/** Kinds among the objects that no definition is of, sorted. */
export function undefinedKinds(
  objects: readonly Manifest[],
  definitions: readonly Manifest[],
): string[] {
  const defined = new Set(definitions.flatMap(servedBy).map(kindOf));
  return [...new Set(objects.map(kindOf))].filter((kind) => !defined.has(kind)).toSorted();
}
