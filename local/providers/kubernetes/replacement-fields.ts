import { valueAt, type PropertyPath } from "../property-diff.ts";
import type { PropertyMap } from "../property-values.ts";

/** Whether changed data of a Secret or ConfigMap is an update; else the object is replaced. */
export interface Mutability {
  readonly secrets: boolean;
  readonly configMaps: boolean;
}

const LABEL_SELECTOR = [["spec", "selector"]];

/**
 * Fields that cannot change on a living object, by API group and kind. The API server would refuse the
 * change, so the engine is told to replace. The list is the real plugin's, and so are its gaps: a change
 * of another immutable field is refused by the API server during the update.
 */
const FIELDS: Readonly<Record<string, readonly PropertyPath[]>> = {
  "apps/Deployment": LABEL_SELECTOR,
  "apps/DaemonSet": LABEL_SELECTOR,
  "apps/StatefulSet": [
    ...LABEL_SELECTOR,
    ["spec", "podManagementPolicy"],
    ["spec", "revisionHistoryLimit"],
    ["spec", "serviceName"],
    ["spec", "volumeClaimTemplates"],
  ],
  "batch/Job": [
    ...LABEL_SELECTOR,
    ["spec", "completions"],
    ["spec", "parallelism"],
    ["spec", "template"],
  ],
  "/PersistentVolumeClaim": [
    ...LABEL_SELECTOR,
    ["spec", "accessModes"],
    ["spec", "storageClassName"],
    ["spec", "volumeName"],
  ],
  // The sources of a volume are a field each; whichever of these two is used locally.
  "/PersistentVolume": [
    ["spec", "csi"],
    ["spec", "hostPath"],
    ["spec", "local"],
    ["spec", "nfs"],
  ],
  "/Pod": [["spec"]],
  "/ResourceQuota": [["spec", "scopes"]],
  "/Secret": [["type"]],
  "/Service": [["spec", "clusterIP"]],
  "rbac.authorization.k8s.io/RoleBinding": [["roleRef"]],
  "rbac.authorization.k8s.io/ClusterRoleBinding": [["roleRef"]],
  "storage.k8s.io/StorageClass": [["parameters"], ["provisioner"]],
};

const IDENTITY: readonly PropertyPath[] = [
  ["metadata", "name"],
  ["metadata", "namespace"],
];

/** The paths of which a change replaces the object. */
export function replacementFields(
  oldInputs: PropertyMap,
  newInputs: PropertyMap,
  mutability: Mutability,
): readonly PropertyPath[] {
  const kind = valueAt(newInputs, ["kind"]);
  const apiVersion = valueAt(newInputs, ["apiVersion"]);
  if (typeof kind !== "string" || typeof apiVersion !== "string") return IDENTITY;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const key = `${group}/${kind}`;
  const immutable = oldInputs["immutable"] === true;
  const fields = [...IDENTITY, ...(FIELDS[key] ?? [])];
  if (key === "/Secret" && (!mutability.secrets || immutable)) {
    return [...fields, ["data"], ["stringData"]];
  }
  if (key === "/ConfigMap" && (!mutability.configMaps || immutable)) {
    return [...fields, ["data"], ["binaryData"]];
  }
  return fields;
}

/** Whether a changed path lies within a field, or holds it. */
export function touches(changed: PropertyPath, field: PropertyPath): boolean {
  const common = Math.min(changed.length, field.length);
  return changed.slice(0, common).every((segment, index) => segment === field[index]);
}
