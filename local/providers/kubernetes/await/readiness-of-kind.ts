import type { Manifest } from "../manifest.ts";
import { checkEndpoints, ingressReadiness, serviceReadiness } from "./network.ts";
import { claimReadiness, volumeReadiness, waitsForConsumer } from "./storage.ts";
import {
  daemonSetReadiness,
  deploymentReadiness,
  jobReadiness,
  podReadiness,
  statefulSetReadiness,
} from "./workloads.ts";
import { READY, type ClusterReader, type Readiness } from "./readiness.ts";

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
export async function readinessOfKind(live: Manifest, cluster: ClusterReader): Promise<Readiness> {
  const check = CHECKS[`${live.apiVersion}/${live.kind}`];
  return check === undefined ? READY : check(live, cluster);
}
