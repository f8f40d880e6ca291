import fs from "node:fs";
import { chartDefinitions } from "../../local/providers/kubernetes/helm/chart-definitions.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { kindName } from "../custom-resources/field-ledger.ts";
import { objectAt, objectsAt, textAt } from "../model/json.ts";
import type { StrictJudge } from "./strict-judge.ts";

/** The definitions of all charts of which a folder has any, each once: two charts may bring the same. */
export function allDefinitions(folder: string): Manifest[] {
  const definitions = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => chartDefinitions(name, folder));
  return [...new Map(definitions.map((one) => [one.metadata.name, one])).values()];
}

/** What each definition says that the API server is to serve. */
export function servedBy(definition: Manifest): { apiVersion: string; kind: string }[] {
  const spec = objectAt(definition, "spec");
  const kind = textAt(spec, "names", "kind") ?? "";
  return objectsAt(spec, "versions")
    .filter(({ served }) => served === true)
    .map(({ name }) => ({ apiVersion: `${textAt(spec, "group") ?? ""}/${String(name)}`, kind }));
}

/** Creates definitions, and waits until the API server knows all that they define. */
export async function serveDefinitions(
  judge: Pick<StrictJudge, "createAll" | "untilServed">,
  definitions: readonly Manifest[],
): Promise<void> {
  await judge.createAll(definitions);
  // One after the other: asking for all at once keeps the server from serving any.
  for (const { apiVersion, kind } of definitions.flatMap(servedBy)) {
    await judge.untilServed(apiVersion, kind);
  }
}

/** Kinds among the objects that no definition is of, sorted. */
export function undefinedKinds(
  objects: readonly Manifest[],
  definitions: readonly Manifest[],
): string[] {
  const defined = new Set(definitions.flatMap(servedBy).map(kindName));
  return [...new Set(objects.map(kindName))].filter((kind) => !defined.has(kind)).toSorted();
}
