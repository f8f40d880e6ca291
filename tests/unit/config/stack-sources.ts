import { describeProblems } from "../../../config/config-error.ts";
import { checkStack } from "../../../config/check-stack.ts";
import { readStackFile } from "../../../config/stack-file.ts";
import type { StackSource } from "../../../config/stack-source.ts";

/** Keys and places in lists from a full key on: `["slipway:cluster", "nodePools", 0, "cpu"]`. */
export type Place = readonly (string | number)[];

/** `slipway:cluster.nodePools[0].cpu` as a place. */
export function placeOf(path: string): Place {
  const [key, ...rest] = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  return [key ?? "", ...rest.map((part) => (/^\d+$/.test(part) ? Number(part) : part))];
}

/** A shipped stack file with some values changed or, with undefined, taken out. */
export function edited(stack: string, changes: Readonly<Record<string, unknown>>): StackSource {
  const source = readStackFile(stack);
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

/** The one error of a changed stack file as a person reads it, or undefined when all is well. */
export function message(
  source: StackSource,
  files: Record<string, string> = {},
): string | undefined {
  const { problems } = checkStack(source, (file) => files[file]);
  return problems.length === 0 ? undefined : describeProblems(source.file, problems);
}
