import { setTimeout as delay } from "node:timers/promises";
import {
  ApiException,
  V1Eviction,
  V1ObjectMeta,
  type CoreV1Api,
  type V1Pod,
} from "@kubernetes/client-node";

/**
 * How long a disruption budget may hold a drain up, in seconds. The clouds wait between 30 minutes and an
 * hour, and then remove the node all the same.
 */
const PATIENCE_SECONDS = 10;

/** A pod of a DaemonSet would come back at once, so a drain leaves it. */
const isOfDaemonSet = ({ metadata }: V1Pod) =>
  metadata?.ownerReferences?.some(({ kind }) => kind === "DaemonSet") === true;

async function podsOn(api: CoreV1Api, node: string): Promise<V1Pod[]> {
  const { items } = await api.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${node}` });
  return items;
}

const nameOf = ({ metadata }: V1Pod) => ({
  name: metadata?.name ?? "",
  namespace: metadata?.namespace ?? "",
});

const status = (error: unknown) => (error instanceof ApiException ? error.code : undefined);

/** Evicts a pod. False while a disruption budget forbids it. */
async function evict(api: CoreV1Api, pod: V1Pod): Promise<boolean> {
  const body = new V1Eviction();
  body.metadata = Object.assign(new V1ObjectMeta(), nameOf(pod));
  try {
    await api.createNamespacedPodEviction({ ...nameOf(pod), body });
    return true;
  } catch (error) {
    if (status(error) === 404) return true;
    if (status(error) === 429) return false;
    throw error;
  }
}

async function removeNow(api: CoreV1Api, pod: V1Pod): Promise<void> {
  try {
    await api.deleteNamespacedPod({ ...nameOf(pod), gracePeriodSeconds: 0 });
  } catch (error) {
    if (status(error) !== 404) throw error;
  }
}

/** Empties a node that takes no new pods any more, and removes it. */
export async function drainAndRemove(api: CoreV1Api, node: string): Promise<void> {
  const end = performance.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const pods = (await podsOn(api, node)).filter((pod) => !isOfDaemonSet(pod));
    if (pods.length === 0 || performance.now() > end) break;
    const waiting = pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
    await Promise.all(waiting.map((pod) => evict(api, pod)));
    await delay(200);
  }
  // What is left would stay for a minute after its node, and nobody would play its end.
  await Promise.all((await podsOn(api, node)).map((pod) => removeNow(api, pod)));
  try {
    await api.deleteNode({ name: node });
  } catch (error) {
    if (status(error) !== 404) throw error;
  }
}
