import { asObject, objectsAt, textAt, type Json } from "../model/json.ts";
import { describeObject, describeRelease } from "../model/kubernetes-object.ts";
import { chartContents } from "../model/charts/index.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

/** One use of a class by name. */
interface Use {
  readonly place: string;
  readonly path: string;
  readonly name: string;
}

function unknownUses(
  uses: readonly Use[],
  expected: string,
  known: readonly string[],
): PlanProblem[] {
  return uses
    .filter(({ name }) => !known.includes(name))
    .map(({ place, path, name }) => ({ place, problem: dangling(path, name, expected, known) }));
}

/** Uses of a class in the values of charts, wherever a key of that name stands. */
function usesInValues({ releases }: PlanModel, keys: readonly string[]): Use[] {
  return releases.flatMap((release) =>
    leaves(release.values, "values", keys).map((use) => ({
      place: describeRelease(release),
      ...use,
    })),
  );
}

function leaves(value: Json, path: string, keys: readonly string[]): Omit<Use, "place">[] {
  return Object.entries(value).flatMap(([key, item]) => {
    const here = `${path}.${key}`;
    // "-" asks a chart for no class at all.
    if (typeof item === "string") {
      return keys.includes(key) && item !== "" && item !== "-" ? [{ path: here, name: item }] : [];
    }
    const items = Array.isArray(item) ? item : [item];
    return items.flatMap((inner) => leaves(asObject(inner), here, keys));
  });
}

/** Claims of a storage class that neither the cluster nor the stack has. */
export const storageClasses: Rule = (model) => {
  const { standard, fastSsd, rwx } = model.cluster.storageClasses;
  const known = [standard, fastSsd, rwx, ...model.ofKind("StorageClass").map(({ name }) => name)];
  const claims = model.ofKind("PersistentVolumeClaim").flatMap((claim): Use[] => {
    const name = textAt(claim.body, "spec", "storageClassName");
    const path = "spec.storageClassName";
    return name === undefined ? [] : [{ place: describeObject(claim), path, name }];
  });
  const templates = model.pods.flatMap(({ owner, claimTemplates }) =>
    claimTemplates.flatMap((claim): Use[] => {
      const name = textAt(claim, "spec", "storageClassName");
      const volume = textAt(claim, "metadata", "name") ?? "";
      const path = `spec.volumeClaimTemplates.${volume}.spec.storageClassName`;
      return name === undefined ? [] : [{ place: describeObject(owner), path, name }];
    }),
  );
  const charts = usesInValues(model, ["storageClassName", "storageClass"]);
  return unknownUses(
    [...claims, ...templates, ...charts],
    "a storage class of the cluster",
    known.filter((name) => name !== undefined),
  );
};

/** Ingresses of a class that no controller of the stack serves. */
export const ingressClasses: Rule = (model) => {
  const known = [
    ...model.releases.flatMap((release) => chartContents(release)?.ingressClasses ?? []),
    ...model.ofKind("IngressClass").map(({ name }) => name),
  ];
  const ingresses = model.ofKind("Ingress").flatMap((ingress): Use[] => {
    const name = textAt(ingress.body, "spec", "ingressClassName");
    return name === undefined
      ? []
      : [{ place: describeObject(ingress), path: "spec.ingressClassName", name }];
  });
  // Solvers of certificates make Ingresses of their own.
  const solvers = ["ClusterIssuer", "Issuer"]
    .flatMap((kind) => model.ofKind(kind))
    .flatMap((issuer) =>
      objectsAt(issuer.body, "spec", "acme", "solvers").flatMap((solver, index): Use[] => {
        const name = textAt(solver, "http01", "ingress", "ingressClassName");
        const path = `spec.acme.solvers[${index}].http01.ingress.ingressClassName`;
        return name === undefined ? [] : [{ place: describeObject(issuer), path, name }];
      }),
    );
  return unknownUses([...ingresses, ...solvers], "an ingress class of the stack", known);
};

/** Priority classes that every cluster has. */
const BUILT_IN_PRIORITIES = ["system-cluster-critical", "system-node-critical"];

/** Pods of a priority class that is not there: none of them would be created. */
export const priorityClasses: Rule = (model) => {
  const pods = model.pods.flatMap(({ owner, spec, path }): Use[] => {
    const name = textAt(spec, "priorityClassName");
    return name === undefined
      ? []
      : [{ place: describeObject(owner), path: `${path}.priorityClassName`, name }];
  });
  const known = [...BUILT_IN_PRIORITIES, ...model.ofKind("PriorityClass").map(({ name }) => name)];
  return unknownUses(
    [...pods, ...usesInValues(model, ["priorityClassName"])],
    "a priority class",
    known,
  );
};
