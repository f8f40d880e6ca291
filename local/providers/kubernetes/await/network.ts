import { at, listAt, objectAt, textAt } from "../json-access.ts";
import { nameOf, namespaceOf, type Manifest } from "../manifest.ts";
import type { ClusterReader, Readiness } from "./readiness.ts";

/** What the endpoint slices of a Service say. */
export interface Endpoints {
  /** The endpoints controller has looked at the Service. */
  readonly exist: boolean;
  /** Pods that are selected and not ready. */
  readonly pending: number;
}

export async function checkEndpoints(
  service: Manifest,
  cluster: ClusterReader,
): Promise<Endpoints> {
  if (!selectsPods(service)) return { exist: true, pending: 0 };
  const slices = await cluster.list(
    "discovery.k8s.io/v1",
    "EndpointSlice",
    namespaceOf(service),
    `kubernetes.io/service-name=${nameOf(service)}`,
  );
  const endpoints = slices.flatMap((slice) => listAt(slice, "endpoints"));
  const pending = endpoints.filter(
    (endpoint) =>
      at(endpoint, "conditions", "ready") === false &&
      at(endpoint, "conditions", "terminating") !== true,
  );
  return { exist: slices.length > 0, pending: pending.length };
}

function selectsPods(service: Manifest): boolean {
  const headless = textAt(service, "spec", "clusterIP") === "None";
  const external = textAt(service, "spec", "type") === "ExternalName";
  return !headless && !external && Object.keys(objectAt(service, "spec", "selector")).length > 0;
}

/** No selected pod is still on its way, and a load balancer has its address. No pod at all is fine. */
export function serviceReadiness(service: Manifest, endpoints: Endpoints): Readiness {
  const reasons: string[] = [];
  if (!endpoints.exist) reasons.push("the Service has no endpoints object yet");
  if (endpoints.pending > 0) {
    reasons.push(`${endpoints.pending} pods that the Service selects are not ready`);
  }
  const balanced = textAt(service, "spec", "type") === "LoadBalancer";
  if (balanced && listAt(service, "status", "loadBalancer", "ingress").length === 0) {
    reasons.push("the load balancer has no address; does anything in this cluster provide one?");
  }
  return { ready: reasons.length === 0, reasons };
}

/** Its controller has published an address, and the Services behind it have endpoint objects. */
export async function ingressReadiness(
  ingress: Manifest,
  cluster: ClusterReader,
): Promise<Readiness> {
  const reasons: string[] = [];
  if (listAt(ingress, "status", "loadBalancer", "ingress").length === 0) {
    reasons.push("no controller has published an address of the Ingress");
  }
  const namespace = namespaceOf(ingress) ?? "default";
  for (const name of backendServices(ingress)) {
    const service = await cluster.find({ apiVersion: "v1", kind: "Service", namespace, name });
    if (service === undefined) reasons.push(`there is no Service ${name} behind it`);
    else if (!(await checkEndpoints(service, cluster)).exist) {
      reasons.push(`the Service ${name} behind it has no endpoints object`);
    }
  }
  return { ready: reasons.length === 0, reasons };
}

/** Names of the Services that an Ingress sends to. */
export function backendServices(ingress: Manifest): string[] {
  const backends = [
    textAt(ingress, "spec", "defaultBackend", "service", "name"),
    ...listAt(ingress, "spec", "rules").flatMap((rule) =>
      listAt(rule, "http", "paths").map((path) => textAt(path, "backend", "service", "name")),
    ),
  ];
  return [...new Set(backends.filter((name) => name !== undefined))];
}
