import { numberAt, objectAt, objectsAt, textAt, type Json } from "../model/json.ts";
import { describeObject, type KubernetesObject } from "../model/kubernetes-object.ts";
import type { PlanModel } from "../model/plan-model.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

/** Backends of an Ingress with where each stands. */
function backends({ body }: KubernetesObject): { path: string; service: Json }[] {
  const rules = objectsAt(body, "spec", "rules").flatMap((rule) =>
    objectsAt(rule, "http", "paths").map((entry) => ({
      path: `spec.rules.${textAt(rule, "host") ?? "*"}${textAt(entry, "path") ?? ""}`,
      service: objectAt(entry, "backend", "service"),
    })),
  );
  const fallback = objectAt(body, "spec", "defaultBackend", "service");
  return Object.keys(fallback).length === 0
    ? rules
    : [...rules, { path: "spec.defaultBackend", service: fallback }];
}

/** An Ingress that leads to a Service or a port that is not there: it would answer 503. */
export const ingressBackends: Rule = (model) =>
  model.ofKind("Ingress").flatMap((ingress) =>
    backends(ingress).flatMap(({ path, service }): PlanProblem[] => {
      const place = describeObject(ingress);
      const namespace = ingress.namespace ?? "";
      const name = textAt(service, "name") ?? "";
      const target = model.find("Service", namespace, name);
      if (target === undefined) {
        const names = model.ofKind("Service", namespace).map((known) => known.name);
        return [
          { place, problem: dangling(path, name, `a Service in namespace ${namespace}`, names) },
        ];
      }
      const ports = objectsAt(target.body, "spec", "ports").flatMap((port) => {
        return [textAt(port, "name"), numberAt(port, "port")?.toString()];
      });
      const known = ports.filter((port) => port !== undefined);
      const port =
        textAt(service, "port", "name") ?? String(numberAt(service, "port", "number") ?? "");
      if (known.includes(port)) return [];
      return [{ place, problem: dangling(path, port, `a port of Service ${name}`, known) }];
    }),
  );

/** The annotations by which cert-manager makes a Certificate for an Ingress, and what each names. */
const ISSUER_ANNOTATIONS = {
  "cert-manager.io/cluster-issuer": "ClusterIssuer",
  "cert-manager.io/issuer": "Issuer",
} as const;

function unknownIssuer(
  model: PlanModel,
  user: KubernetesObject,
  path: string,
  kind: string,
  name: string,
): PlanProblem[] {
  const issuers = model.ofKind(kind, kind === "Issuer" ? user.namespace : undefined);
  const names = issuers.map((issuer) => issuer.name);
  if (names.includes(name)) return [];
  return [
    {
      place: describeObject(user),
      problem: dangling(path, name, `${kind === "Issuer" ? "an" : "a"} ${kind}`, names),
    },
  ];
}

/** Certificates, asked for directly or by an Ingress, of an issuer that is not there. */
export const certificateIssuers: Rule = (model) => [
  ...model.ofKind("Ingress").flatMap((ingress) =>
    Object.entries(ISSUER_ANNOTATIONS).flatMap(([key, kind]) => {
      const name = ingress.annotations[key];
      const path = `metadata.annotations.${key}`;
      return typeof name === "string" ? unknownIssuer(model, ingress, path, kind, name) : [];
    }),
  ),
  ...model.ofKind("Certificate").flatMap((certificate) => {
    const reference = objectAt(certificate.body, "spec", "issuerRef");
    const kind = textAt(reference, "kind") ?? "Issuer";
    return unknownIssuer(
      model,
      certificate,
      "spec.issuerRef",
      kind,
      textAt(reference, "name") ?? "",
    );
  }),
];

/** TLS of an Ingress with a Secret that nobody makes: the controller would serve its own certificate. */
export const ingressCertificates: Rule = (model) =>
  model
    .ofKind("Ingress")
    .filter(({ annotations }) => !Object.keys(ISSUER_ANNOTATIONS).some((key) => key in annotations))
    .flatMap((ingress) =>
      objectsAt(ingress.body, "spec", "tls").flatMap((tls, index): PlanProblem[] => {
        const name = textAt(tls, "secretName");
        const namespace = ingress.namespace ?? "";
        if (name === undefined || model.keysOf("Secret", namespace, name) !== undefined) return [];
        const names = model.ofKind("Secret", namespace).map((secret) => secret.name);
        const expected = `a Secret or the secretName of a Certificate in namespace ${namespace}`;
        const path = `spec.tls[${index}].secretName`;
        return [{ place: describeObject(ingress), problem: dangling(path, name, expected, names) }];
      }),
    );
