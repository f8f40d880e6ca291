import { gatewayObjects } from "../../../components/workloads/gateway-of-route.ts";
import { ingressSpec } from "../../../components/workloads/ingress-of-route.ts";
import type { FullRouteArgs } from "../../../components/workloads/route-args.ts";
import { at, objectAt, objectsAt, type Json } from "../../../plan/model/json.ts";

/** What a route is made of, in the one way or in the other, by the end of the logical name. */
export type Objects = Readonly<Record<string, Json>>;

/** Where a value of the arguments stands in what is made of them. */
export interface Place {
  /** As the page has it. */
  readonly field: string;
  /** The value again, in the words of the arguments. */
  readonly read: (objects: Objects) => unknown;
}

export function ingressObjects(args: FullRouteArgs): Objects {
  return { ingress: ingressSpec(args, args.ingress.className ?? "") as unknown as Json };
}

export function gatewayApiObjects(args: FullRouteArgs): Objects {
  const { gateway } = args.ingress;
  if (gateway === undefined) throw new Error("The route has no gateway.");
  return gatewayObjects(args, gateway);
}

/** One value from several places, which all have to say the same. */
export function agreed(values: readonly unknown[]): unknown {
  const texts = new Set(values.map((value) => JSON.stringify(value)));
  if (texts.size !== 1) throw new Error(`Not one value: ${[...texts].join(", ")}`);
  return values[0];
}

export const NGINX = "nginx.ingress.kubernetes.io";
export const annotation = (objects: Objects, name: string) =>
  objectAt(objects["ingress"], "metadata", "annotations")[name];
export const nginx = (name: string, read: (text: string) => unknown): Place => ({
  field: `annotation \`${NGINX}/${name}\``,
  read: (objects) => read(String(annotation(objects, `${NGINX}/${name}`))),
});
export const metadata = (key: string, read: (of: Json) => unknown): Place => ({
  field: `\`metadata.${key}\``,
  read: (objects) => agreed(Object.values(objects).map((o) => read(objectAt(o, "metadata")))),
});
export const ingressPaths = (objects: Objects) =>
  objectsAt(objects["ingress"], "spec", "rules").flatMap((rule) =>
    objectsAt(rule, "http", "paths"),
  );
export const rules = (objects: Objects) => objectsAt(objects["http-route"], "spec", "rules");
export const listener = (objects: Objects) => objectsAt(objects["gateway"], "spec", "listeners")[0];
export const policy = (...keys: string[]) => ({
  field: `BackendTrafficPolicy \`spec.${keys.join(".")}\``,
  of: (objects: Objects) => at(objects["traffic-policy"], "spec", ...keys),
});
