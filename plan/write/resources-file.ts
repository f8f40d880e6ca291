import { sorted } from "../model/json.ts";
import { maskSecrets, type RecordedResource } from "../recording.ts";

/** One resource as `resources.json` holds it: what an engine would keep of it before anything runs. */
function fileEntry(resource: RecordedResource): Record<string, unknown> {
  const { urn, type, name, custom, parent, providerUrn, protect, inputs, ...rest } = resource;
  return {
    urn,
    type,
    name,
    custom,
    parent: parent ?? null,
    // Without the id, which only an engine can give.
    provider: providerUrn ?? null,
    protect,
    retainOnDelete: rest.retainOnDelete,
    deletedWith: rest.deletedWith ?? null,
    deleteBeforeReplace: rest.deleteBeforeReplace ?? null,
    dependencies: rest.dependencies,
    propertyDependencies: sorted(rest.propertyDependencies),
    ignoreChanges: rest.ignoreChanges,
    replaceOnChanges: rest.replaceOnChanges,
    additionalSecretOutputs: rest.additionalSecretOutputs,
    customTimeouts: rest.customTimeouts,
    aliases: rest.aliases,
    import: rest.import ?? null,
    inputs: sorted(maskSecrets(inputs)),
  };
}

/** The resources of a plan, in its order, as JSON that is the same for the same program. */
export function resourcesFile(resources: readonly RecordedResource[]): string {
  const entries = resources.map(fileEntry);
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}
