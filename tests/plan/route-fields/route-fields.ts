import type { FullRouteArgs } from "../../../components/workloads/route-args.ts";
import { at, numberAt, objectsAt, textAt, type Json } from "../../../plan/model/json.ts";
import { BASE } from "./base-route.ts";
import {
  agreed,
  annotation,
  ingressPaths,
  listener,
  metadata,
  nginx,
  NGINX,
  policy,
  rules,
  type Place,
} from "./reading.ts";

/** One argument and both its places. */
export interface RouteField {
  readonly argument: string;
  /** Which of the arguments it is, or is in. */
  readonly covers: keyof FullRouteArgs;
  readonly value: (args: FullRouteArgs) => unknown;
  /** Arguments in which it alone is another. */
  readonly changed: FullRouteArgs;
  readonly ingress: Place;
  readonly gateway: Place;
  /** In what the two are not the same. */
  readonly difference?: string;
}

const firstPath = (change: Partial<FullRouteArgs["paths"][number]>) => ({
  ...BASE,
  paths: BASE.paths.map((path, index) => (index === 0 ? { ...path, ...change } : path)),
});
const changedTls = (change: Partial<NonNullable<FullRouteArgs["tls"]>>): FullRouteArgs => {
  const { tls } = BASE;
  return tls === undefined ? BASE : { ...BASE, tls: { ...tls, ...change } };
};
const withoutTls = (): FullRouteArgs => {
  const { tls, ...rest } = BASE;
  return tls === undefined ? BASE : rest;
};

const rateLimit = policy("rateLimit", "local", "rules");
const buffer = policy("requestBuffer", "limit");
const idle = policy("timeout", "http", "streamIdleTimeout");

/** Every argument of a route that ends up in an object, in the order of RouteArgs. */
export const ROUTE_FIELDS: readonly RouteField[] = [
  {
    argument: "namespace",
    covers: "namespace",
    value: ({ namespace }) => namespace,
    changed: { ...BASE, namespace: "other" },
    ingress: metadata("namespace", (of) => of["namespace"]),
    gateway: metadata("namespace", (of) => of["namespace"]),
  },
  {
    argument: "system",
    covers: "system",
    value: ({ system }) => system,
    changed: { ...BASE, system: "other" },
    ingress: metadata("labels", (of) => at(of, "labels", "app.kubernetes.io/name")),
    gateway: metadata("labels", (of) => at(of, "labels", "app.kubernetes.io/name")),
  },
  {
    argument: "ingressName",
    covers: "ingressName",
    value: ({ ingressName }) => ingressName,
    changed: { ...BASE, ingressName: "other" },
    ingress: metadata("name", (of) => of["name"]),
    gateway: {
      field: "`metadata.name` of Gateway, HTTPRoute and policy; with `-redirect` of the redirect",
      read: (objects) =>
        agreed([
          ...["gateway", "http-route", "traffic-policy"].map((part) =>
            textAt(objects[part], "metadata", "name"),
          ),
          textAt(objects["redirect"], "metadata", "name")?.replace(/-redirect$/, ""),
        ]),
    },
  },
  {
    argument: "host",
    covers: "host",
    value: ({ host }) => host,
    changed: { ...BASE, host: "other.test" },
    ingress: {
      field: "`spec.rules[].host`, `spec.tls[].hosts`",
      read: (objects) =>
        agreed([
          ...objectsAt(objects["ingress"], "spec", "rules").map((rule) => rule["host"]),
          ...objectsAt(objects["ingress"], "spec", "tls").flatMap((tls) => tls["hosts"]),
        ]),
    },
    gateway: {
      field: "HTTPRoutes `spec.hostnames`, Gateway `listeners[].hostname`, Certificate `dnsNames`",
      read: (objects) =>
        agreed([
          ...(at(objects["http-route"], "spec", "hostnames") as unknown[]),
          ...(at(objects["redirect"], "spec", "hostnames") as unknown[]),
          ...(at(objects["certificate"], "spec", "dnsNames") as unknown[]),
          listener(objects)?.["hostname"],
        ]),
    },
  },
  {
    argument: "paths[].path",
    covers: "paths",
    value: ({ paths }) => paths.map(({ path }) => path),
    changed: firstPath({ path: "/other" }),
    ingress: {
      field: "`spec.rules[].http.paths[].path`",
      read: (objects) => ingressPaths(objects).map(({ path }) => path),
    },
    gateway: {
      field: "HTTPRoute `spec.rules[].matches[].path.value`",
      read: (objects) =>
        rules(objects).map((rule) => at(objectsAt(rule, "matches")[0], "path", "value")),
    },
  },
  {
    argument: "paths[].match",
    covers: "paths",
    value: ({ paths }) => paths.map(({ match }) => match),
    changed: firstPath({ match: "Prefix" }),
    ingress: {
      field: "`spec.rules[].http.paths[].pathType`",
      read: (objects) => ingressPaths(objects).map(({ pathType }) => pathType),
    },
    gateway: {
      field: "HTTPRoute `spec.rules[].matches[].path.type`",
      read: (objects) =>
        rules(objects).map((rule) =>
          textAt(objectsAt(rule, "matches")[0], "path", "type")?.replace(/^Path/, ""),
        ),
    },
  },
  {
    argument: "paths[].service",
    covers: "paths",
    value: ({ paths }) => paths.map(({ service }) => service),
    changed: firstPath({ service: { name: "other", port: 81 } }),
    ingress: {
      field: "`spec.rules[].http.paths[].backend.service`",
      read: (objects) =>
        ingressPaths(objects).map((path) => ({
          name: textAt(path, "backend", "service", "name"),
          port: numberAt(path, "backend", "service", "port", "number"),
        })),
    },
    gateway: {
      field: "HTTPRoute `spec.rules[].backendRefs[]`",
      read: (objects) => rules(objects).flatMap((rule) => objectsAt(rule, "backendRefs")),
    },
  },
  {
    argument: "tls",
    covers: "tls",
    value: ({ tls }) => tls !== undefined,
    changed: withoutTls(),
    ingress: nginx("ssl-redirect", (text) => text === "true"),
    gateway: {
      field: "a second HTTPRoute, with `filters[].requestRedirect.scheme`",
      read: ({ redirect }) =>
        objectsAt(redirect, "spec", "rules").some((rule) =>
          objectsAt(rule, "filters").some(
            (filter) => textAt(filter, "requestRedirect", "scheme") === "https",
          ),
        ),
    },
    difference: "308 by the Ingress, 301 by the gateway: not every version of the API takes 308.",
  },
  {
    argument: "tls.issuer",
    covers: "tls",
    value: ({ tls }) => tls?.issuer,
    changed: changedTls({ issuer: "other" }),
    ingress: {
      field: "annotation `cert-manager.io/cluster-issuer`",
      read: (objects) => annotation(objects, "cert-manager.io/cluster-issuer"),
    },
    gateway: {
      field: "Certificate `spec.issuerRef.name`",
      read: ({ certificate }) => textAt(certificate, "spec", "issuerRef", "name"),
    },
    difference: "cert-manager makes the Certificate of an Ingress; that of a gateway is ours.",
  },
  {
    argument: "tls.secretName",
    covers: "tls",
    value: ({ tls }) => tls?.secretName,
    changed: changedTls({ secretName: "other" }),
    ingress: {
      field: "`spec.tls[].secretName`",
      read: (objects) => objectsAt(objects["ingress"], "spec", "tls")[0]?.["secretName"],
    },
    gateway: {
      field: "Gateway `listeners[].tls.certificateRefs[].name`, Certificate `spec.secretName`",
      read: (objects) =>
        agreed(
          [
            textAt(objectsAt(listener(objects), "tls", "certificateRefs")[0], "name"),
            textAt(objects["certificate"], "spec", "secretName"),
          ].map((name) => name?.replace(/-gateway$/, "")),
        ),
    },
    difference: "`-gateway` is put after the name, so that both certificates can be there at once.",
  },
  {
    argument: "requestsPerSecond",
    covers: "requestsPerSecond",
    value: ({ requestsPerSecond }) => requestsPerSecond,
    changed: { ...BASE, requestsPerSecond: 7 },
    ingress: nginx("limit-rps", Number),
    gateway: {
      field: rateLimit.field,
      read: (objects) => at((rateLimit.of(objects) as Json[])[0], "limit", "requests"),
    },
    difference:
      "Per client address and per replica, both. ingress-nginx lets five times as many through at once before it refuses, and answers 503; the gateway answers 429.",
  },
  {
    argument: "maxBodyMiB",
    covers: "maxBodyMiB",
    value: ({ maxBodyMiB }) => maxBodyMiB,
    changed: { ...BASE, maxBodyMiB: 7 },
    ingress: nginx("proxy-body-size", (text) => Number(text.replace(/m$/, ""))),
    gateway: {
      field: buffer.field,
      read: (objects) => Number(String(buffer.of(objects)).replace(/Mi$/, "")),
    },
    difference:
      "Both answer 413 and take the whole body in first: ingress-nginx on its disk, the gateway in memory. WebSockets do not go through a route of the gateway for that reason.",
  },
  {
    argument: "timeoutSeconds",
    covers: "timeoutSeconds",
    value: ({ timeoutSeconds }) => timeoutSeconds,
    changed: { ...BASE, timeoutSeconds: 7 },
    ingress: {
      field: `annotations \`${NGINX}/proxy-read-timeout\`, \`-send-timeout\``,
      read: (objects) =>
        agreed(
          ["read", "send"].map((way) =>
            Number(annotation(objects, `${NGINX}/proxy-${way}-timeout`)),
          ),
        ),
    },
    gateway: {
      field: idle.field,
      read: (objects) => Number(String(idle.of(objects)).replace(/s$/, "")),
    },
    difference:
      "Of silence, not of the whole request, both; `timeouts.request: 0s` of the HTTPRoute says so.",
  },
];

/** Arguments that are in no object of a route, and where they are. */
export const ELSEWHERE = {
  ingress:
    "says which of the two there is: `className` is the Ingress's `spec.ingressClassName`, `gateway` the Gateway's `spec.gatewayClassName` and what the redirect attaches to",
  controller:
    "is who may reach the pods that answer challenges, in a NetworkPolicy, the same for both",
} as const satisfies Partial<Record<keyof FullRouteArgs, string>>;
