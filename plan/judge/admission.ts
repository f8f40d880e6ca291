import { objectAt, textAt, type Json } from "../model/json.ts";
import { describeObject, type KubernetesObject } from "../model/kubernetes-object.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { containersOf, selects } from "../model/pod-template.ts";
import type { PlanProblem, Rule } from "./plan-problem.ts";

/** The annotation by which a policy says in plain text what its expression allows. */
const ALLOWED = "slipway/allowed-registries";

/** Images of registries that a policy of the plan will not let in, once it is there. */
export const imageRegistries: Rule = (model) =>
  model
    .ofKind("ValidatingAdmissionPolicy")
    .filter((policy) => isEnforced(model, policy))
    .flatMap((policy) => {
      const allowed = textAt(policy.body, "metadata", "annotations", ALLOWED);
      return allowed === undefined ? [] : refusedBy(model, policy, allowed.split(" "));
    });

function isEnforced(model: PlanModel, { name }: KubernetesObject): boolean {
  return model.ofKind("ValidatingAdmissionPolicyBinding").some(({ body }) => {
    const actions = objectAt(body, "spec")["validationActions"];
    return (
      textAt(body, "spec", "policyName") === name &&
      Array.isArray(actions) &&
      actions.includes("Deny")
    );
  });
}

function refusedBy(
  model: PlanModel,
  policy: KubernetesObject,
  allowed: readonly string[],
): PlanProblem[] {
  const selector = objectAt(policy.body, "spec", "matchConstraints", "namespaceSelector");
  return model.pods
    .filter(({ namespace }) => selects(selector, labelsOf(model, namespace)))
    .flatMap((pod) =>
      containersOf(pod).flatMap(({ path, body }) => {
        const image = textAt(body, "image") ?? "";
        if (allowed.some((place) => inFull(image).startsWith(`${place}/`))) return [];
        const problem = {
          path: `${path}.image`,
          got: JSON.stringify(image),
          expected: `an image of ${allowed.join(" or ")}, as ${policy.name} asks`,
          remedy:
            "Mirror it there, or add its registry to slipway:platform.admission.allowedRegistries.",
        };
        return [{ place: describeObject(pod.owner), problem }];
      }),
    );
}

function labelsOf(model: PlanModel, namespace: string): Json {
  const found = model.ofKind("Namespace").find(({ name }) => name === namespace);
  return found === undefined ? {} : objectAt(found.body, "metadata", "labels");
}

/** An image with the registry that it may leave out. */
function inFull(image: string): string {
  if (/^([^/]*[.:][^/]*|localhost)\//.test(image)) return image;
  return image.includes("/") ? `docker.io/${image}` : `docker.io/library/${image}`;
}
