import { isDeepStrictEqual } from "node:util";
import {
  CoreV1Api,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  type V1Node,
} from "@kubernetes/client-node";
import type { NodeObject, Taint } from "../control-plane/cluster-objects.ts";
import { clusterApi, createMissing, waitUntil } from "../control-plane/index.ts";
import { drainAndRemove } from "./drain-node.ts";

const READY_SECONDS = 60;
const merge = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** What has to happen to the nodes of a pool. */
export interface PoolChange {
  readonly create: readonly NodeObject[];
  /** Nodes that stay, with other labels, taints or another version. */
  readonly update: readonly NodeUpdate[];
  readonly remove: readonly string[];
}

interface NodeUpdate {
  readonly node: NodeObject;
  readonly labels: Labels;
  /** All that it is to have, those of the control plane among them. */
  readonly taints: readonly Taint[];
}

/** Null takes a label away. */
type Labels = Readonly<Record<string, string | null>>;

const isOwn = (key: string) => !/^(node\.)?kubernetes\.io\/|^node-role\./.test(key);

function labelChange(wanted: NodeObject, present: V1Node, dropped: readonly string[]): Labels {
  const labels = wanted.metadata.labels ?? {};
  const before = present.metadata?.labels ?? {};
  const gone = dropped.filter((key) => key in before && !(key in labels) && isOwn(key));
  return {
    ...Object.fromEntries(Object.entries(labels).filter(([key, value]) => before[key] !== value)),
    ...Object.fromEntries(gone.map((key) => [key, null])),
  };
}

/**
 * Compares the nodes that a pool is to have with those that are there. `dropped` are labels that the pool
 * gave its nodes until now.
 */
export function planPool(
  wanted: readonly NodeObject[],
  present: readonly V1Node[],
  dropped: readonly string[] = [],
): PoolChange {
  const there = new Map(present.map((node) => [node.metadata?.name ?? "", node]));
  const names = new Set(wanted.map(({ metadata }) => metadata.name));
  const update = wanted.flatMap((node) => {
    const live = there.get(node.metadata.name);
    if (live === undefined) return [];
    const labels = labelChange(node, live, dropped);
    const before = taintsOf(live);
    const taints = [...before.filter(isControlPlanes), ...(node.spec?.taints ?? [])];
    const sameTaints = isDeepStrictEqual(new Set(taints), new Set(before));
    const version = live.status?.nodeInfo?.kubeletVersion;
    // Cordoned by a removal that did not come to its end.
    const isOpen = live.spec?.unschedulable !== true;
    const same = sameTaints && isOpen && version === node.status.nodeInfo["kubeletVersion"];
    return same && Object.keys(labels).length === 0 ? [] : [{ node, labels, taints }];
  });
  return {
    create: wanted.filter(({ metadata }) => !there.has(metadata.name)),
    update,
    remove: [...there.keys()].filter((name) => !names.has(name)),
  };
}

function taintsOf({ spec }: V1Node): Taint[] {
  return (spec?.taints ?? []).map(({ key, value, effect }) =>
    value === undefined ? { key, effect } : { key, value, effect },
  );
}

/** The control plane taints nodes by itself, as long as they are not ready say. */
const isControlPlanes = ({ key }: Taint) => key.startsWith("node.kubernetes.io/");

function coreApi(kubeconfig: string): CoreV1Api {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return config.makeApiClient(CoreV1Api);
}

/**
 * Brings the nodes with a label to what they are to be: new ones first, then changes in place, then those
 * that are too many, emptied one by one.
 */
export async function providePool(
  kubeconfig: string,
  selector: string,
  wanted: readonly NodeObject[],
  dropped: readonly string[] = [],
): Promise<void> {
  const api = coreApi(kubeconfig);
  const list = async () => (await api.listNode({ labelSelector: selector })).items;
  const { create, update, remove } = planPool(wanted, await list(), dropped);
  await createMissing(clusterApi(kubeconfig), create);
  await Promise.all(update.map((one) => change(api, one)));
  await waitUntil(
    async () => {
      const ready = new Set((await list()).filter(isReady).map(({ metadata }) => metadata?.name));
      return wanted.every(({ metadata }) => ready.has(metadata.name)) ? true : undefined;
    },
    () => new Error(`The nodes of ${selector} did not get ready within ${READY_SECONDS} s.`),
    { seconds: READY_SECONDS },
  );
  // None of them takes the pods that another one gives up.
  const unschedulable = { spec: { unschedulable: true } };
  await Promise.all(remove.map((name) => api.patchNode({ name, body: unschedulable }, merge)));
  for (const name of remove) await drainAndRemove(api, name);
}

/** Ready, and open for pods. */
function isReady(node: V1Node): boolean {
  const conditions = node.status?.conditions ?? [];
  return (
    conditions.some(({ type, status }) => type === "Ready" && status === "True") &&
    !taintsOf(node).some(isControlPlanes)
  );
}

async function change(api: CoreV1Api, { node, labels, taints }: NodeUpdate): Promise<void> {
  const { name } = node.metadata;
  await api.patchNode(
    { name, body: { metadata: { labels }, spec: { taints, unschedulable: null } } },
    merge,
  );
  const { nodeInfo } = node.status;
  await api.patchNodeStatus({ name, body: { status: { nodeInfo } } }, merge);
}
