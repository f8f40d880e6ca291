import { z } from "zod";

/** Where a value stands below its root: keys of maps and places in lists. */
export type ValuePath = readonly PropertyKey[];

/** `["nodePools", 0, "cpu"]` → `nodePools[0].cpu`, as `pulumi config set --path` takes it. */
export function pathText(path: ValuePath): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

/** The schema without what makes its key optional. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  return wrapped || schema instanceof z.ZodExactOptional ? bare(schema.unwrap()) : schema;
}

/** The schemas of a map's keys; zod types them as anything where the map is not known beforehand. */
export function shapeOf(schema: z.ZodObject): Readonly<Record<PropertyKey, z.core.$ZodType>> {
  return schema.shape;
}

/** The schema of the value at a path, or undefined where the root knows no such place. */
export function schemaAt(root: z.core.$ZodType, path: ValuePath): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>((schema, part) => {
    if (schema === undefined) return undefined;
    const here = bare(schema);
    if (here instanceof z.ZodObject) return shapeOf(here)[part];
    if (here instanceof z.ZodRecord) return here.valueType;
    return here instanceof z.ZodArray ? here.element : undefined;
  }, root);
}

/** The keys that the map at a path takes. */
export function keysAt(root: z.core.$ZodType, path: ValuePath): string[] {
  const schema = schemaAt(root, path);
  const here = schema === undefined ? undefined : bare(schema);
  return here instanceof z.ZodObject ? Object.keys(shapeOf(here)) : [];
}

/** The value at a path of JSON, or undefined where there is none. */
export function valueAt(root: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, part)
        ? (at as Record<PropertyKey, unknown>)[part]
        : undefined,
    root,
  );
}

/** Sets or, with undefined, removes the value at a path of a clone of JSON. Missing parents are no-ops. */
export function setAt(root: unknown, path: ValuePath, value: unknown): void {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof parent !== "object" || parent === null || last === undefined) return;
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else (parent as Record<PropertyKey, unknown>)[last] = value;
}
