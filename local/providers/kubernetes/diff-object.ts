import { differences, formatPath, valueAt } from "../property-diff.ts";
import { isMap, revealed, type PropertyMap } from "../property-values.ts";
import type { DiffResult, PropertyDiff } from "../provider.ts";
import { isAutonamed } from "./autoname.ts";
import { inputMetadata, withMetadata } from "./manifest.ts";
import { replacementFields, touches, type Mutability } from "./replacement-fields.ts";
import { sameValue } from "./same-quantity.ts";

// Set by the API server alone; a manifest copied from a cluster may still hold them.
const READ_ONLY_METADATA = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

/**
 * What changes between two sets of inputs, and whether the object has to be replaced for it. Paths
 * only: no value, secret or not, is ever part of the answer.
 */
export function diffObject(
  oldInputs: PropertyMap,
  newInputs: PropertyMap,
  options: { readonly mutability: Mutability; readonly defaultNamespace: string },
): DiffResult {
  const before = comparable(oldInputs, options.defaultNamespace);
  const after = comparable(newInputs, options.defaultNamespace);
  const fields = replacementFields(before, after, options.mutability);
  const changed = new Map<string, PropertyDiff>();
  for (const { path, kind } of differences(before, after, sameValue)) {
    const replace = fields.some(
      (field) =>
        touches(path, field) &&
        // A path that holds the field changes it only if the field itself differs in it.
        differences({ it: valueAt(before, field) ?? null }, { it: valueAt(after, field) ?? null })
          .length > 0,
    );
    changed.set(formatPath(path), { kind, replace });
  }
  const replaces = [...changed.values()].some(({ replace }) => replace);
  const sameIdentity = (["name", "namespace"] as const).every(
    (key) => valueAt(before, ["metadata", key]) === valueAt(after, ["metadata", key]),
  );
  // Two objects cannot hold one name at a time, so a fixed name means that the old one goes first.
  const deleteBeforeReplace = replaces && sameIdentity && !isAutonamed(newInputs);
  return { changed, deleteBeforeReplace };
}

function comparable(inputs: PropertyMap, defaultNamespace: string): PropertyMap {
  const own = Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
  const metadata = inputMetadata(own);
  if (metadata === undefined) return own;
  const kept = Object.entries(metadata).filter(([key]) => !READ_ONLY_METADATA.includes(key));
  // Absent means the default; a cluster-wide object has none on either side.
  const namespace = metadata["namespace"] ?? defaultNamespace;
  const plain = revealed(withMetadata(own, { ...Object.fromEntries(kept), namespace }));
  return isMap(plain) ? plain : own;
}
