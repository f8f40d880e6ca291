import { numberAt, objectAt, objectsAt, textAt, textsAt } from "../model/json.ts";
import { describeObject, type KubernetesObject } from "../model/kubernetes-object.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { portNamesOf, selects, type PodTemplate } from "../model/pod-template.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

function selectedPods(model: PlanModel, service: KubernetesObject): PodTemplate[] {
  const matchLabels = objectAt(service.body, "spec", "selector");
  return model.pods.filter((pod) => {
    return pod.namespace === service.namespace && selects({ matchLabels }, pod.labels);
  });
}

/** Services that select by labels: the others have their endpoints from elsewhere. */
function selectingServices(model: PlanModel): KubernetesObject[] {
  return model
    .ofKind("Service")
    .filter(({ body }) => Object.keys(objectAt(body, "spec", "selector")).length > 0);
}

function labelText(labels: Readonly<Record<string, unknown>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(",");
}

/** A Service whose selector finds no pods: it would have an address and never answer. */
export const servicesWithoutPods: Rule = (model) =>
  selectingServices(model)
    // What a chart runs in the namespace is not to be seen here.
    .filter(({ namespace }) => namespace !== undefined && !model.hasRelease(namespace))
    .filter((service) => selectedPods(model, service).length === 0)
    .map((service) => ({
      place: describeObject(service),
      problem: {
        path: "spec.selector",
        got: labelText(objectAt(service.body, "spec", "selector")),
        expected: `labels of pods in namespace ${service.namespace ?? ""}`,
        remedy: "Use the selector labels of the workload.",
      },
    }));

/** A Service that sends to a port that its pods do not declare. */
export const targetPorts: Rule = (model) =>
  selectingServices(model).flatMap((service) => {
    const pods = selectedPods(model, service);
    if (pods.length === 0) return [];
    const names = pods.flatMap(portNamesOf);
    return objectsAt(service.body, "spec", "ports").flatMap((port): PlanProblem[] => {
      const target =
        textAt(port, "targetPort") ??
        String(numberAt(port, "targetPort") ?? numberAt(port, "port"));
      if (names.includes(target)) return [];
      const path = `spec.ports.${textAt(port, "name") ?? target}.targetPort`;
      return [
        {
          place: describeObject(service),
          problem: dangling(path, target, "a port of the selected pods", names),
        },
      ];
    });
  });

/** A ServiceMonitor that finds no Service, or asks for a port that the Service does not name. */
export const monitors: Rule = (model) =>
  model.ofKind("ServiceMonitor").flatMap((monitor): PlanProblem[] => {
    const selector = objectAt(monitor.body, "spec", "selector");
    const named = textsAt(monitor.body, "spec", "namespaceSelector", "matchNames");
    const namespaces = named.length > 0 ? named : [monitor.namespace ?? ""];
    // What a chart runs in the namespace is not to be seen here.
    if (namespaces.some((namespace) => model.hasRelease(namespace))) return [];
    const services = model.ofKind("Service").filter(({ namespace, labels }) => {
      return namespaces.includes(namespace ?? "") && selects(selector, labels);
    });
    const place = describeObject(monitor);
    if (services.length === 0) {
      return [
        {
          place,
          problem: {
            path: "spec.selector",
            got: JSON.stringify(selector),
            expected: `labels of a Service in namespace ${namespaces.join(", ")}`,
            remedy: "Use the labels of the Service that serves the metrics.",
          },
        },
      ];
    }
    const ports = services.flatMap(({ body }) =>
      objectsAt(body, "spec", "ports").flatMap((port) => textAt(port, "name") ?? []),
    );
    return objectsAt(monitor.body, "spec", "endpoints")
      .map((endpoint, index) => ({ port: textAt(endpoint, "port"), index }))
      .filter(({ port }) => port !== undefined && !ports.includes(port))
      .map(({ port = "", index }) => ({
        place,
        problem: dangling(
          `spec.endpoints[${index}].port`,
          port,
          "a named port of the selected Services",
          ports,
        ),
      }));
  });
