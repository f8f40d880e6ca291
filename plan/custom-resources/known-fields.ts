import { closestMatch } from "leven";
import { asObject, objectAt, type Json } from "../model/json.ts";

/**
 * Names of fields, as a definition has them: below each what is known of its own, `true` where nothing is
 * or where any name will do. `*` stands for any key of a map; lists are not seen, only what is in them.
 */
export interface KnownFields {
  readonly [field: string]: KnownFields | true;
}

const isMap = (value: unknown): value is Json =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getPrototypeOf(value) === Object.prototype;

/**
 * What a schema knows of these values: at each place that one of them sets, all names that are allowed
 * there, and nothing of places that none of them sets.
 */
export function knownFields(schema: Json, values: readonly unknown[]): KnownFields | true {
  const set = values.flat().filter(isMap);
  const items = objectAt(schema, "items");
  if (Object.keys(items).length > 0) return knownFields(items, values.flat());
  if (set.length === 0 || schema["x-kubernetes-preserve-unknown-fields"] === true) return true;
  const others = objectAt(schema, "additionalProperties");
  if (Object.keys(others).length > 0) {
    return {
      "*": knownFields(
        others,
        set.flatMap((one) => Object.values(one)),
      ),
    };
  }
  const fields = Object.entries(objectAt(schema, "properties")).map(
    ([name, field]): [string, KnownFields | true] => [
      name,
      knownFields(
        asObject(field),
        set.flatMap((one) => (name in one ? [one[name]] : [])),
      ),
    ],
  );
  return fields.length === 0 ? true : Object.fromEntries(fields);
}

/** A field that is none, such as `spec.acme.sevrer`, and the nearest name that there is. */
export interface UnknownField {
  readonly path: string;
  readonly nearest: string | undefined;
}

/** Every field of a value that is not known. What is no plain object, such as a secret, has none. */
export function unknownFields(known: KnownFields, value: unknown, path: string): UnknownField[] {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => unknownFields(known, one, `${path}[${index}]`));
  }
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([name, below]): UnknownField[] => {
    const fields = known[name] ?? known["*"];
    const place = path === "" ? name : `${path}.${name}`;
    if (fields === undefined) return [{ path: place, nearest: nearest(name, Object.keys(known)) }];
    return fields === true ? [] : unknownFields(fields, below, place);
  });
}

function nearest(name: string, names: string[]): string | undefined {
  const maxDistance = Math.ceil(name.length / 2);
  return closestMatch(name, names, { maxDistance });
}
