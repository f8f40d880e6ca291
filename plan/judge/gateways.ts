import { numberAt, objectsAt, textAt, type Json } from "../model/json.ts";
import { describeObject, type KubernetesObject } from "../model/kubernetes-object.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

/** A reference to a Gateway, or to one of its listeners. */
interface ParentReference {
  readonly owner: KubernetesObject;
  readonly path: string;
  readonly reference: Json;
}

/** Gateways of a class that nobody makes: no proxies would ever serve them. */
export const gatewayClasses: Rule = (model) =>
  model.ofKind("Gateway").flatMap((gateway) => {
    const name = textAt(gateway.body, "spec", "gatewayClassName") ?? "";
    const known = model.ofKind("GatewayClass").map((found) => found.name);
    return known.includes(name)
      ? []
      : [problem(gateway, "spec.gatewayClassName", name, "a GatewayClass", known)];
  });

/** Listeners whose certificate is in a Secret that nobody makes: the host would not answer. */
export const gatewayCertificates: Rule = (model) =>
  model.ofKind("Gateway").flatMap((gateway) =>
    objectsAt(gateway.body, "spec", "listeners").flatMap((listener, index) =>
      objectsAt(listener, "tls", "certificateRefs").flatMap((reference, position) => {
        const namespace = textAt(reference, "namespace") ?? gateway.namespace ?? "";
        const name = textAt(reference, "name") ?? "";
        if (model.keysOf("Secret", namespace, name) !== undefined) return [];
        const path = `spec.listeners[${index}].tls.certificateRefs[${position}]`;
        const expected = `a Secret or the secretName of a Certificate in namespace ${namespace}`;
        const known = model.ofKind("Secret", namespace).map((secret) => secret.name);
        return [problem(gateway, path, name, expected, known)];
      }),
    ),
  );

/** Routes, and solvers of certificates, that attach to a Gateway or a listener that is not there. */
export const gatewayParents: Rule = (model) => {
  const routes = model.ofKind("HTTPRoute").flatMap((owner) =>
    objectsAt(owner.body, "spec", "parentRefs").map((reference, index) => ({
      owner,
      path: `spec.parentRefs[${index}]`,
      reference,
    })),
  );
  const solvers = ["ClusterIssuer", "Issuer"]
    .flatMap((kind) => model.ofKind(kind))
    .flatMap((owner) =>
      objectsAt(owner.body, "spec", "acme", "solvers").flatMap((solver, index) =>
        objectsAt(solver, "http01", "gatewayHTTPRoute", "parentRefs").map(
          (reference, position) => ({
            owner,
            path: `spec.acme.solvers[${index}].http01.gatewayHTTPRoute.parentRefs[${position}]`,
            reference,
          }),
        ),
      ),
    );
  return [...routes, ...solvers].flatMap((parent) => checkParent(model, parent));
};

function checkParent(model: PlanModel, { owner, path, reference }: ParentReference): PlanProblem[] {
  const namespace = textAt(reference, "namespace") ?? owner.namespace ?? "";
  const name = textAt(reference, "name") ?? "";
  const gateway = model.find("Gateway", namespace, name);
  if (gateway === undefined) {
    const known = model.ofKind("Gateway", namespace).map((found) => found.name);
    return [problem(owner, path, name, `a Gateway in namespace ${namespace}`, known)];
  }
  const section = textAt(reference, "sectionName");
  const listeners = objectsAt(gateway.body, "spec", "listeners").flatMap(
    (listener) => textAt(listener, "name") ?? [],
  );
  if (section === undefined || listeners.includes(section)) return [];
  const expected = `a listener of Gateway ${namespace}/${name}`;
  return [problem(owner, `${path}.sectionName`, section, expected, listeners)];
}

/** An HTTPRoute that leads to a Service or a port that is not there: it would answer 500. */
export const routeBackends: Rule = (model) =>
  model.ofKind("HTTPRoute").flatMap((route) =>
    objectsAt(route.body, "spec", "rules").flatMap((rule, index) =>
      objectsAt(rule, "backendRefs").flatMap((backend, position) => {
        const namespace = textAt(backend, "namespace") ?? route.namespace ?? "";
        const name = textAt(backend, "name") ?? "";
        const path = `spec.rules[${index}].backendRefs[${position}]`;
        const service = model.find("Service", namespace, name);
        if (service === undefined) {
          const known = model.ofKind("Service", namespace).map((found) => found.name);
          return [problem(route, path, name, `a Service in namespace ${namespace}`, known)];
        }
        const ports = objectsAt(service.body, "spec", "ports").flatMap(
          (port) => numberAt(port, "port")?.toString() ?? [],
        );
        const port = String(numberAt(backend, "port") ?? "");
        return ports.includes(port)
          ? []
          : [problem(route, `${path}.port`, port, `a port of Service ${name}`, ports)];
      }),
    ),
  );

/** Policies of the gateway for a route that is not there: its limits would hold for nobody. */
export const gatewayPolicies: Rule = (model) =>
  model.ofKind("BackendTrafficPolicy").flatMap((policy) =>
    objectsAt(policy.body, "spec", "targetRefs").flatMap((target, index) => {
      const kind = textAt(target, "kind") ?? "";
      const name = textAt(target, "name") ?? "";
      const namespace = policy.namespace ?? "";
      if (model.find(kind, namespace, name) !== undefined) return [];
      const known = model.ofKind(kind, namespace).map((found) => found.name);
      const expected = `${kind} of namespace ${namespace}`;
      return [problem(policy, `spec.targetRefs[${index}]`, name, expected, known)];
    }),
  );

function problem(
  owner: KubernetesObject,
  path: string,
  got: string,
  expected: string,
  known: readonly string[],
): PlanProblem {
  return { place: describeObject(owner), problem: dangling(path, got, expected, known) };
}
