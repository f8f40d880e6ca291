import type { CloudResource } from "../cloud-resource.ts";
import type { Properties } from "../properties.ts";

/** Outputs of a type besides those that all have; `name` and `id` are the resource's own. */
export type AzureOutputs = (r: CloudResource, name: string, id: string) => Properties;
