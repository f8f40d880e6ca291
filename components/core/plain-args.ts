import * as pulumi from "@pulumi/pulumi";

/**
 * What the engine is shown of a component's arguments: the plain data. A resource among them would
 * make the component wait for it, and so all its children, an operator's installation for a pod that
 * needs no operator; an output may be secret or change with every generated value; a function is no data.
 */
export function plainArgs(args: object): Record<string, unknown> {
  return keepPlain(args) as Record<string, unknown>;
}

function keepPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isPlain).map(keepPlain);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => isPlain(item));
  return Object.fromEntries(kept.map(([key, item]) => [key, keepPlain(item)]));
}

function isPlain(value: unknown): boolean {
  return (
    value !== undefined &&
    typeof value !== "function" &&
    !pulumi.Output.isInstance(value) &&
    !pulumi.Resource.isInstance(value)
  );
}
