import type * as k8s from "@pulumi/kubernetes";
import { selectorLabels, type Identity } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";

/** A port of a Service, under the name that the container gives to its own. */
export interface ServicePort {
  readonly name: string;
  readonly port: number;
}

/** The spec of a Service inside the cluster. */
export function serviceSpec(
  identity: Identity,
  ports: readonly ServicePort[],
): k8s.types.input.core.v1.ServiceSpec {
  return {
    type: "ClusterIP",
    selector: selectorLabels(identity),
    ports: ports.map(({ name, port }) => ({ name, port, targetPort: name, protocol: "TCP" })),
  };
}

/**
 * The spec of the Service that gives each pod of a StatefulSet a name of its own. It tells of pods
 * before they are ready: members of a cluster have to find each other to become so.
 */
export function headlessSpec(
  identity: Identity,
  ports: readonly ServicePort[],
): k8s.types.input.core.v1.ServiceSpec {
  return { ...serviceSpec(identity, ports), clusterIP: "None", publishNotReadyAddresses: true };
}

/** The engine would wait for the first pod behind a Service; a suspended workload has none. */
export function waitingFor(suspended: boolean): { annotations?: Record<string, string> } {
  return suspended ? { annotations: { "pulumi.com/skipAwait": "true" } } : {};
}

/** Problems of a port that a container that is not root listens on (least 1024), or a Service's. */
export function checkPort(port: number, least: 1 | 1024, path: string): Problem[] {
  if (Number.isInteger(port) && port >= least && port <= 65535) return [];
  const remedy =
    least > 1 ? "Let the image listen on a port that needs no root." : "Choose another port.";
  return [{ path, got: String(port), expected: `a port from ${least} to 65535`, remedy }];
}
