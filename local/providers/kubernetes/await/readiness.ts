import type { Manifest } from "../manifest.ts";
import type { ObjectReference } from "../cluster.ts";
import type { JsonObject } from "../../property-values.ts";
import { checkEndpoints, ingressReadiness, serviceReadiness } from "./network.ts";
import { claimReadiness, volumeReadiness, waitsForConsumer } from "./storage.ts";
import {
  daemonSetReadiness,
  deploymentReadiness,
  jobReadiness,
  podReadiness,
  statefulSetReadiness,
} from "./workloads.ts";

/** Whether an object is what it should become, and if not, why. */
export interface Readiness {
  readonly ready: boolean;
  /** It will never be ready: waiting on is pointless. */
  readonly failed?: boolean;
  readonly reasons: readonly string[];
}

export const READY: Readiness = { ready: true, reasons: [] };

/** What checks of one object read of others. */
export interface ClusterReader {
  find(reference: ObjectReference): Promise<Manifest | undefined>;
  list(
    apiVersion: string,
    kind: string,
    namespace?: string,
    labelSelector?: string,
  ): Promise<JsonObject[]>;
}

type ReadinessCheck = (live: Manifest, cluster: ClusterReader) => Readiness | Promise<Readiness>;

/** The kinds that are waited for. Every other kind is ready as soon as it exists. */
const CHECKS: Readonly<Record<string, ReadinessCheck>> = {
  "apps/v1/Deployment": deploymentReadiness,
  "apps/v1/StatefulSet": statefulSetReadiness,
  "apps/v1/DaemonSet": daemonSetReadiness,
  "batch/v1/Job": jobReadiness,
  "v1/Pod": podReadiness,
  "v1/PersistentVolume": volumeReadiness,
  "v1/PersistentVolumeClaim": async (live, cluster) =>
    claimReadiness(live, await waitsForConsumer(live, cluster)),
  "v1/Service": async (live, cluster) =>
    serviceReadiness(live, await checkEndpoints(live, cluster)),
  "networking.k8s.io/v1/Ingress": ingressReadiness,
};

/** Readiness of a kind by what is known of it. */
export async function readinessOf(live: Manifest, cluster: ClusterReader): Promise<Readiness> {
  const check = CHECKS[`${live.apiVersion}/${live.kind}`];
  return check === undefined ? READY : check(live, cluster);
}
