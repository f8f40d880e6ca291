import fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";

/** What the floors need to know of a resource of the plan. */
interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputs: {
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly metadata?: { readonly name?: string; readonly namespace?: string };
  } & pulumi.Inputs;
}

const RELEASE = "kubernetes:helm.sh/v3:Release";
const SECRET = "kubernetes:core/v1:Secret";
const NAMESPACE = "kubernetes:core/v1:Namespace";

/** The custom resources of a plan, without the providers, which each floor makes itself. */
export function plannedResources(resourcesFile: string): PlannedResource[] {
  const all = JSON.parse(fs.readFileSync(resourcesFile, "utf8")) as PlannedResource[];
  return all
    .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
    .map((resource) => (resource.type === SECRET ? withLegalData(resource) : resource));
}

/** The API server takes base64 only, and a plan holds `[secret]`. */
function withLegalData(resource: PlannedResource): PlannedResource {
  const data = Object.entries((resource.inputs["data"] ?? {}) as Record<string, string>);
  const legal = data.map(([key, mask]) => [key, Buffer.from(mask).toString("base64")]);
  return { ...resource, inputs: { ...resource.inputs, data: Object.fromEntries(legal) as object } };
}

/** A provider with no typed SDK behind it, as bare as the engine allows. */
export class BareProvider extends pulumi.ProviderResource {
  constructor(pkg: string, inputs: pulumi.Inputs) {
    super(pkg, pkg, inputs, {});
  }
}

class FlatResource extends pulumi.CustomResource {}

/**
 * Registers the resources of a plan as they are, with no component, no config and no order but what the
 * API server insists on: namespaces first, and custom resources after the charts that define them.
 */
export function registerFlat(
  planned: readonly PlannedResource[],
  providers: { readonly kubernetes: BareProvider; readonly random: BareProvider },
): void {
  const rank = ({ type, inputs }: PlannedResource): number => {
    if (type === NAMESPACE) return 0;
    if (type === RELEASE) return 1;
    const [group = ""] = String(inputs["apiVersion"]).split("/");
    return group.includes(".") && !group.endsWith(".k8s.io") ? 3 : 2;
  };
  const namespaces = new Map<string, pulumi.Resource>();
  const releases: pulumi.Resource[] = [];
  for (const resource of planned.toSorted((one, other) => rank(one) - rank(other))) {
    const { type, name, inputs } = resource;
    const provider = type.startsWith("random:") ? providers.random : providers.kubernetes;
    const home = namespaces.get(inputs.metadata?.namespace ?? inputs.namespace ?? "");
    const after = rank(resource) === 3 ? releases : [];
    const dependsOn = home === undefined ? after : [home, ...after];
    const created = new FlatResource(type, name, inputs, { provider, dependsOn });
    if (type === NAMESPACE) namespaces.set(inputs.metadata?.name ?? "", created);
    if (type === RELEASE) releases.push(created);
  }
}
