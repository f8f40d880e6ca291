import type { CloudAnswer, CloudResource } from "./cloud-resource.ts";
import { lastSegment } from "./properties.ts";
import { azureOutputs } from "./azure/answers.ts";
import { AZURE_PATHS, type AzurePath } from "./azure/paths.ts";

const RESOURCE_GROUP = "azure-native:resources:ResourceGroup";

/** The SDK leaves the type out of these. */
const NO_TYPE: Readonly<Record<string, true>> = {
  "azure-native:network:PrivateDnsZoneGroup": true,
};

const subscription = (r: CloudResource) => `/subscriptions/${r.account.subscriptionId}`;
const group = (r: CloudResource) =>
  `${subscription(r)}/resourceGroups/${r.text("resourceGroupName")}`;

/** What Azure answers with: an id that is made of the names on the way, name, type, and a type's own. */
export function azureAnswer(r: CloudResource): CloudAnswer {
  if (r.type === RESOURCE_GROUP) {
    const type = "Microsoft.Resources/resourceGroups";
    const name = r.text("resourceGroupName");
    return {
      id: group(r),
      outputs: { name, type, properties: { provisioningState: "Succeeded" } },
    };
  }
  const { namespace, steps, scope } = AZURE_PATHS[r.type] ?? guessedPath(r.type);
  const name = nameIn(r, steps.at(-1)?.[1] ?? "");
  const start = scope === undefined ? group(r) : `/${r.text(scope).replace(/^\//, "")}`;
  const way = steps.map(([collection, input]) => `${collection}/${nameIn(r, input)}`);
  const id = [start, "providers", namespace, ...way].join("/");
  const type = [namespace, ...steps.map(([collection]) => collection)].join("/");
  const own = r.type in NO_TYPE ? { name } : { name, type };
  return { id, outputs: { ...own, ...azureOutputs(r, name, id) } };
}

function nameIn(r: CloudResource, input: string): string {
  return input.startsWith("=") ? input.slice(1) : r.text(input, r.name);
}

/** A path for a type that has none here, after the pattern of most. */
function guessedPath(type: string): AzurePath {
  const [, module = "", kind = ""] = type.split(":");
  const collection = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
  const namespace = `Microsoft.${module.charAt(0).toUpperCase()}${lastSegment(module).slice(1)}`;
  return { namespace, steps: [[`${collection}s`, `${collection}Name`]] };
}
