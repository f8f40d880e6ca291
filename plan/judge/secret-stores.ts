import { textAt } from "../model/json.ts";
import { describeObject } from "../model/kubernetes-object.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

/** ExternalSecrets that name a store that is not there, or that may be created before it. */
export const secretStores: Rule = (model) =>
  model.ofKind("ExternalSecret").flatMap((object): PlanProblem[] => {
    const { body, namespace, resource } = object;
    const place = describeObject(object);
    const path = "spec.secretStoreRef.name";
    const kind = textAt(body, "spec", "secretStoreRef", "kind") ?? "SecretStore";
    const name = textAt(body, "spec", "secretStoreRef", "name") ?? "";
    const home = kind === "ClusterSecretStore" ? undefined : namespace;
    const store = model.find(kind, home, name);
    if (store === undefined) {
      const names = model.ofKind(kind, home).map((one) => one.name);
      return [{ place, problem: dangling(path, name, `a ${kind}`, names) }];
    }
    if (model.comesAfter(resource.urn, store.resource.urn)) return [];
    const expected = `${describeObject(store)}, out of which it is read`;
    const remedy = "Put the `ready` of the secret backend into dependsOn.";
    return [{ place, problem: { path: "dependsOn", expected, remedy } }];
  });
