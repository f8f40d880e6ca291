import { chartContents } from "../model/charts/index.ts";
import { at, objectAt, objectsAt, textAt, type Json } from "../model/json.ts";
import { describeObject, type KubernetesObject } from "../model/kubernetes-object.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { selects } from "../model/pod-template.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

function isEmpty(selector: Json): boolean {
  return Object.keys(selector).length === 0;
}

/** The problem that a selector takes no pod of a namespace; none where a chart may have put some. */
function withoutPods(
  model: PlanModel,
  owner: KubernetesObject,
  path: string,
  selector: Json,
): PlanProblem[] {
  const namespace = owner.namespace ?? "";
  if (isEmpty(selector) || model.hasRelease(namespace)) return [];
  const labels = [
    ...model.pods.filter((pod) => pod.namespace === namespace).map((pod) => pod.labels),
    ...model.releases.flatMap((release) => chartContents(release)?.madePods ?? []),
  ];
  if (labels.some((podLabels) => selects(selector, podLabels))) return [];
  return [
    {
      place: describeObject(owner),
      problem: {
        path,
        got: JSON.stringify(selector),
        expected: `labels of pods in namespace ${namespace}`,
        remedy: "Use the selector labels of the workload.",
      },
    },
  ];
}

/** A disruption budget that protects nobody. */
export const disruptionBudgets: Rule = (model) =>
  model
    .ofKind("PodDisruptionBudget")
    .flatMap((budget) =>
      withoutPods(model, budget, "spec.selector", objectAt(budget.body, "spec", "selector")),
    );

/** A network policy that holds for nobody, or lets in or out where nobody is. */
export const networkPolicies: Rule = (model) =>
  model.ofKind("NetworkPolicy").flatMap((policy) => {
    const own = objectAt(policy.body, "spec", "podSelector");
    const peers = (["ingress", "egress"] as const).flatMap((direction) =>
      objectsAt(policy.body, "spec", direction).flatMap((rule, index) => {
        const member = direction === "ingress" ? "from" : "to";
        return objectsAt(rule, member).map((peer, position) => ({
          path: `spec.${direction}[${index}].${member}[${position}]`,
          peer,
        }));
      }),
    );
    return [
      ...withoutPods(model, policy, "spec.podSelector", own),
      ...peers.flatMap(({ path, peer }) => checkPeer(model, policy, path, peer)),
    ];
  });

function checkPeer(
  model: PlanModel,
  policy: KubernetesObject,
  path: string,
  peer: Json,
): PlanProblem[] {
  if (peer["namespaceSelector"] === undefined) {
    return withoutPods(model, policy, `${path}.podSelector`, objectAt(peer, "podSelector"));
  }
  const selector = objectAt(peer, "namespaceSelector");
  if (namespaceLabels(model).some((labels) => selects(selector, labels))) return [];
  return [
    {
      place: describeObject(policy),
      problem: {
        path: `${path}.namespaceSelector`,
        got: JSON.stringify(selector),
        expected: "labels of a namespace",
        remedy: "Use labels that the namespace carries, such as kubernetes.io/metadata.name.",
      },
    },
  ];
}

function namespaceLabels(model: PlanModel): Json[] {
  const named = (name: string) => ({ "kubernetes.io/metadata.name": name });
  const made = [...model.namespaces.keys()].map((name) => ({
    ...model.find("Namespace", undefined, name)?.labels,
    ...named(name),
  }));
  return [...made, ...["default", "kube-system"].map(named)];
}

/** An autoscaler without a target, or one that a fixed number of replicas would fight. */
export const autoscalers: Rule = (model) =>
  model.ofKind("HorizontalPodAutoscaler").flatMap((autoscaler): PlanProblem[] => {
    const kind = textAt(autoscaler.body, "spec", "scaleTargetRef", "kind") ?? "";
    const name = textAt(autoscaler.body, "spec", "scaleTargetRef", "name") ?? "";
    const namespace = autoscaler.namespace ?? "";
    const target = model.find(kind, namespace, name);
    if (target === undefined) {
      const names = model.ofKind(kind, namespace).map((known) => known.name);
      const expected = `a ${kind} in namespace ${namespace}`;
      const place = describeObject(autoscaler);
      return [{ place, problem: dangling("spec.scaleTargetRef", name, expected, names) }];
    }
    const replicas = at(target.body, "spec", "replicas");
    if (replicas === undefined) return [];
    return [
      {
        place: describeObject(target),
        problem: {
          path: "spec.replicas",
          got: JSON.stringify(replicas),
          expected: `no value, because ${describeObject(autoscaler)} owns it`,
          remedy: "Leave replicas out where there is an autoscaler.",
        },
      },
    ];
  });
