import { chartContents } from "../model/charts/index.ts";
import { numberAt, objectAt, objectsAt, textAt, type Json } from "../model/json.ts";
import { describeObject, type KubernetesObject } from "../model/kubernetes-object.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { portNamesOf, selects, type PodTemplate } from "../model/pod-template.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

/** The pods that a policy holds for; none where a chart or its controllers may make more of them. */
function knownPods(model: PlanModel, policy: KubernetesObject): PodTemplate[] {
  const namespace = policy.namespace ?? "";
  const selector = objectAt(policy.body, "spec", "podSelector");
  const made = model.releases.flatMap((release) => chartContents(release)?.madePods ?? []);
  if (model.hasRelease(namespace) || made.some((labels) => selects(selector, labels))) return [];
  return model.pods.filter((pod) => pod.namespace === namespace && selects(selector, pod.labels));
}

/** Whether a port of a policy takes a port of a pod, which may be of a range. */
function takes(port: Json, name: string): boolean {
  const first = numberAt(port, "port");
  if (first === undefined) return textAt(port, "port") === name;
  const last = numberAt(port, "endPort") ?? first;
  return Number(name) >= first && Number(name) <= last;
}

function describePort(port: Json): string {
  const last = numberAt(port, "endPort");
  const first = textAt(port, "port") ?? String(numberAt(port, "port"));
  return last === undefined ? first : `${first}-${last}`;
}

/** A policy that lets in where nobody listens: most likely the port that should be open is shut. */
export const policyPorts: Rule = (model) =>
  model.ofKind("NetworkPolicy").flatMap((policy) => {
    const pods = knownPods(model, policy);
    if (pods.length === 0) return [];
    const names = pods.flatMap(portNamesOf);
    return objectsAt(policy.body, "spec", "ingress").flatMap((rule, index) =>
      objectsAt(rule, "ports").flatMap((port, position): PlanProblem[] => {
        // Without a port, all of a protocol are meant.
        if (port["port"] === undefined || names.some((name) => takes(port, name))) return [];
        const path = `spec.ingress[${index}].ports[${position}].port`;
        const expected = "a port of the selected pods";
        return [
          {
            place: describeObject(policy),
            problem: dangling(path, describePort(port), expected, names),
          },
        ];
      }),
    );
  });
