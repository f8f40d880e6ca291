import type { Alias } from "@pulumi/pulumi/proto/alias_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { RecordedAlias, RecordedResource } from "./recorded-resource.ts";
import { decodeObject } from "./wire.ts";

/**
 * What the request says, with what the engine lets a resource take over from its parent: protect,
 * retainOnDelete, deletedWith and a component's providers. (A resource gets its provider from the SDK.)
 */
export function readRequest(
  request: RegisterResourceRequest,
  urn: string,
  parent: RecordedResource | undefined,
): RecordedResource {
  const provider = request.getProvider();
  const deletedWith = request.getDeletedwith() || parent?.deletedWith;
  const timeouts = request.getCustomtimeouts();
  const version = request.getVersion();
  const importId = request.getImportid();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    ...(parent === undefined ? {} : { parent: parent.urn }),
    ...(provider === "" ? {} : { provider, providerUrn: withoutId(provider) }),
    providers: request.getCustom() ? {} : { ...parent?.providers, ...ownProviders(request) },
    dependencies: request.getDependenciesList().toSorted(),
    propertyDependencies: propertyDependencies(request),
    inputs: decodeObject(request.getObject()?.toJavaScript() ?? {}),
    outputs: {},
    protect: (request.hasProtect() ? request.getProtect() : parent?.protect) ?? false,
    retainOnDelete:
      (request.hasRetainondelete() ? request.getRetainondelete() : parent?.retainOnDelete) ?? false,
    ...(deletedWith === undefined ? {} : { deletedWith }),
    ...(request.getDeletebeforereplacedefined()
      ? { deleteBeforeReplace: request.getDeletebeforereplace() }
      : {}),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: withoutEmpty({
      create: timeouts?.getCreate(),
      update: timeouts?.getUpdate(),
      delete: timeouts?.getDelete(),
    }),
    aliases: request.getAliasesList().map(readAlias),
    ...(importId === "" ? {} : { import: importId }),
    ...(version === "" ? {} : { version }),
  };
}

function ownProviders(request: RegisterResourceRequest): Record<string, string> {
  const found: Record<string, string> = {};
  request.getProvidersMap().forEach((reference, name) => {
    found[name] = reference;
  });
  return found;
}

function propertyDependencies(request: RegisterResourceRequest): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((message, key) => {
    const urns = message.getUrnsList();
    if (urns.length > 0) found[key] = urns.toSorted();
  });
  return found;
}

function withoutId(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}

function withoutEmpty<K extends string>(
  values: Record<K, string | undefined>,
): Partial<Record<K, string>> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(given) as Partial<Record<K, string>>;
}

function readAlias(alias: Alias): string | RecordedAlias {
  const spec = alias.getSpec();
  if (spec === undefined) return alias.getUrn();
  return {
    ...withoutEmpty({
      name: spec.getName(),
      type: spec.getType(),
      stack: spec.getStack(),
      project: spec.getProject(),
      parentUrn: spec.getParenturn(),
    }),
    ...(spec.getNoparent() ? { noParent: true } : {}),
  };
}
