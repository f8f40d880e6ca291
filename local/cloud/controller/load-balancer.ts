import { createHash } from "node:crypto";
import { listAt, objectAt, textAt } from "../../providers/kubernetes/json-access.ts";
import type { JsonObject } from "../../providers/property-values.ts";
import type { CloudCluster } from "../cluster-folder.ts";
import type { LoadBalancer } from "../left-behind.ts";
import { finalizersOf } from "./object-patch.ts";

/** Keeps a Service until its load balancer is gone (what the service controllers of all clouds use). */
export const FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

/** What is to be done next for a Service. */
export type ServiceStep = "nothing" | "hold" | "provide" | "release";

/** In the order of the real controllers: the finalizer comes first, so that nothing is ever lost. */
export function nextStep(service: JsonObject): ServiceStep {
  const isHeld = finalizersOf(service).includes(FINALIZER);
  const wants = textAt(service, "spec", "type") === "LoadBalancer";
  const goes = textAt(service, "metadata", "deletionTimestamp") !== undefined;
  if (goes || !wants) return isHeld ? "release" : "nothing";
  if (!isHeld) return "hold";
  return listAt(service, "status", "loadBalancer", "ingress").length > 0 ? "nothing" : "provide";
}

/** The name that the clouds give to the load balancer of a Service. */
export function loadBalancerName(service: JsonObject): string {
  const uid = textAt(service, "metadata", "uid") ?? "";
  return `a${uid.replaceAll("-", "")}`.slice(0, 32);
}

/** Annotations that ask for an address inside the network, cloud by cloud. */
const INTERNAL: readonly (readonly [string, RegExp])[] = [
  ["networking.gke.io/load-balancer-type", /^internal$/i],
  ["cloud.google.com/load-balancer-type", /^internal$/i],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/],
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^true$/],
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/],
];

function isInternal(service: JsonObject): boolean {
  const annotations = objectAt(service, "metadata", "annotations");
  return INTERNAL.some(([key, value]) => value.test(textAt(annotations, key) ?? ""));
}

/** An address that no other load balancer has: from what is set aside for documentation, or private. */
export function freeAddress(prefix: string, wish: string, taken: ReadonlySet<string>): string {
  const first = parseInt(createHash("sha256").update(wish).digest("hex").slice(0, 4), 16) % 254;
  for (let step = 0; step < 254; step++) {
    const address = `${prefix}.${((first + step) % 254) + 1}`;
    if (!taken.has(address)) return address;
  }
  throw new Error(`Every address of ${prefix}.0/24 is taken by another load balancer.`);
}

/** The load balancer of a Service. `taken` are the addresses of the others in the account. */
export function loadBalancerOf(
  service: JsonObject,
  cluster: CloudCluster,
  taken: ReadonlySet<string>,
): LoadBalancer {
  const { cloud, region, id, name: clusterName, networks } = cluster;
  const name = loadBalancerName(service);
  const scheme = isInternal(service) ? "internal" : "public";
  const prefix = scheme === "internal" ? "10.255.255" : "203.0.113";
  return {
    kind: "load-balancer",
    name,
    cloud,
    region,
    clusterId: id,
    clusterName,
    networks,
    service: `${textAt(service, "metadata", "namespace") ?? ""}/${textAt(service, "metadata", "name") ?? ""}`,
    scheme,
    address:
      cloud === "aws"
        ? `${scheme === "internal" ? "internal-" : ""}${name}.elb.${region}.amazonaws.com`
        : freeAddress(prefix, name, taken),
  };
}

/** How a Service says where its load balancer is reached: AWS gives names, the others addresses. */
export function ingressOf({ cloud, address }: LoadBalancer): JsonObject {
  return cloud === "aws" ? { hostname: address } : { ip: address, ipMode: "VIP" };
}
