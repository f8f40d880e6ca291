import { isDeepStrictEqual } from "node:util";
import {
  CoreV1Api,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  type V1Node,
} from "@kubernetes/client-node";
import type { NodeObject } from "../control-plane/cluster-objects.ts";
import { clusterApi, createMissing, waitUntil } from "../control-plane/index.ts";
import { drainAndRemove } from "./drain-node.ts";

const READY_SECONDS = 60;
const merge = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** What has to happen to the nodes of a pool. */
export interface PoolChange {
  readonly create: readonly NodeObject[];
  /** Nodes that stay, with other labels, taints or another version. */
  readonly update: readonly { readonly node: NodeObject; readonly labels: Labels }[];
  readonly remove: readonly string[];
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
    const sameTaints = isDeepStrictEqual(node.spec?.taints ?? [], plainTaints(live));
    const version = live.status?.nodeInfo?.kubeletVersion;
    const same = sameTaints && version === node.status.nodeInfo["kubeletVersion"];
    return same && Object.keys(labels).length === 0 ? [] : [{ node, labels }];
  });
  return {
    create: wanted.filter(({ metadata }) => !there.has(metadata.name)),
    update,
    remove: [...there.keys()].filter((name) => !names.has(name)),
  };
}

/** Taints of a pool, without those that the control plane sets by itself. */
function plainTaints({ spec }: V1Node): object[] {
  return (spec?.taints ?? [])
    .filter(({ key }) => !key.startsWith("node.kubernetes.io/"))
    .map(({ key, value, effect }) => ({ key, ...(value === undefined ? {} : { value }), effect }));
}

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
  await Promise.all(update.map(({ node, labels }) => change(api, node, labels)));
  await waitUntil(
    async () => ((await list()).every(isReady) ? true : undefined),
    () => new Error(`The nodes of ${selector} did not get ready within ${READY_SECONDS} s.`),
    { seconds: READY_SECONDS },
  );
  // None of them takes the pods that another one gives up.
  const unschedulable = { spec: { unschedulable: true } };
  await Promise.all(remove.map((name) => api.patchNode({ name, body: unschedulable }, merge)));
  for (const name of remove) await drainAndRemove(api, name);
}

const isReady = ({ status }: V1Node) =>
  status?.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True") ===
  true;

async function change(api: CoreV1Api, node: NodeObject, labels: Labels): Promise<void> {
  const { name } = node.metadata;
  const spec = { taints: node.spec?.taints ?? [] };
  await api.patchNode({ name, body: { metadata: { labels }, spec } }, merge);
  const { nodeInfo } = node.status;
  await api.patchNodeStatus({ name, body: { status: { nodeInfo } } }, merge);
}
