import { describeProblems } from "../../../config/config-error.ts";
import { checkStack } from "../../../config/check-stack.ts";
import { readStackFile } from "../../../config/stack-file.ts";
import { stackFolder } from "../../../config/stack-folder.ts";
import type { StackSource } from "../../../config/stack-source.ts";

/** Clouds that have stack files: the project's own are for GKE. */
export const CLOUDS = ["gke", "eks", "aks"] as const;
export type Cloud = (typeof CLOUDS)[number];

/** The stacks whose cluster is made in a cloud. */
export const CLOUD_STACKS = ["dev", "staging", "prod"] as const;

/** The shipped file of a stack for a cloud. */
export function shipped(stack: string, cloud: Cloud = "gke"): StackSource {
  return readStackFile(stack, stackFolder(cloud === "gke" ? undefined : cloud));
}

/** A sound `slipway:cluster` of kind existing, whose kubeconfig is a secret. */
const OWN_CLUSTER = {
  kind: "existing",
  clusterIdentifier: "slipway-test",
  context: "slipway-test",
  nodePools: [{ name: "general", cpu: "4", memory: "16Gi", minNodes: 5, maxNodes: 20 }],
};

/** Keys and places in lists from a full key on: `["slipway:cluster", "nodePools", 0, "cpu"]`. */
export type Place = readonly (string | number)[];

/** `slipway:cluster.nodePools[0].cpu` as a place. */
export function placeOf(path: string): Place {
  const [key, ...rest] = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  return [key ?? "", ...rest.map((part) => (/^\d+$/.test(part) ? Number(part) : part))];
}

/** A stack with some values changed or, with undefined, taken out. */
export function changed(
  source: StackSource,
  changes: Readonly<Record<string, unknown>>,
): StackSource {
  const values = structuredClone(source.values) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const place = placeOf(path);
    const parent = place
      .slice(0, -1)
      .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], values);
    const last = place.at(-1) ?? "";
    if (value === undefined) Reflect.deleteProperty(parent as object, last);
    else (parent as Record<string, unknown>)[last] = value;
  }
  return { ...source, values };
}

/** A shipped stack file with some values changed. */
export function edited(
  stack: string,
  changes: Readonly<Record<string, unknown>>,
  cloud?: Cloud,
): StackSource {
  return changed(shipped(stack, cloud), changes);
}

/** The same on a cluster that somebody else made; the changes may be to that cluster. */
export function onOwnCluster(
  stack: string,
  changes: Readonly<Record<string, unknown>> = {},
): StackSource {
  return edited(stack, { "slipway:cluster": structuredClone(OWN_CLUSTER), ...changes });
}

/** The one error of a changed stack file as a person reads it, or undefined when all is well. */
export function message(
  source: StackSource,
  files: Record<string, string> = {},
): string | undefined {
  const { problems } = checkStack(source, (file) => files[file]);
  return problems.length === 0 ? undefined : describeProblems(source.file, problems);
}
