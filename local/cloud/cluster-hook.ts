import { stateLayout } from "../control-plane/index.ts";
import { ensureRunning, isRunning, removeCluster } from "./cloud-cluster.ts";
import {
  clusterFolder,
  clusterIn,
  describeCluster,
  forgetCluster,
  readCluster,
  readPool,
  removePool,
  writeCluster,
  writePool,
} from "./cluster-folder.ts";
import type {
  ClusterAnswer,
  ClusterHook,
  ClusterRequest,
  NodePoolRequest,
} from "./cluster-hook-types.ts";
import { callerOf } from "./identity/account-identity.ts";
import { POOL_LABEL, poolNodes } from "./pool-nodes.ts";
import { providePool } from "./provide-pool.ts";

/** Work on one cluster, one piece after another: an engine asks for several things at once. */
const turns = new Map<string, Promise<unknown>>();

function inTurn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(folder) ?? Promise.resolve();
  const mine = before.then(work);
  turns.set(
    folder,
    mine.catch(() => undefined),
  );
  return mine;
}

async function describedAndRunning(request: ClusterRequest): Promise<ClusterAnswer> {
  const folder = clusterFolder(request.account, request.id);
  return inTurn(folder, async () => {
    const before = readCluster(folder);
    const described = describeCluster(
      request,
      before?.creator ?? callerOf(request.cloud, request.account),
    );
    const apiServerPort = before?.apiServerPort;
    writeCluster(folder, {
      ...described,
      ...(apiServerPort === undefined ? {} : { apiServerPort }),
    });
    try {
      return await ensureRunning(folder);
    } catch (error) {
      // Not made, so there is none. The logs that the error speaks of stay.
      if (before === undefined) forgetCluster(folder);
      throw error;
    }
  });
}

async function nodePoolChanged({ account, clusterId, pool }: NodePoolRequest): Promise<void> {
  const folder = clusterFolder(account, clusterId);
  const cluster = clusterIn(account, clusterId);
  await inTurn(folder, async () => {
    const before = readPool(folder, pool.name);
    writePool(folder, pool);
    const { kubeconfig } = stateLayout(folder);
    const selector = `${POOL_LABEL[cluster.cloud]}=${pool.name}`;
    const dropped = Object.keys(before?.labels ?? {});
    await ensureRunning(folder);
    await providePool(kubeconfig, selector, poolNodes(cluster, pool), dropped);
  });
}

/** Gives the clusters of the stand-in clouds real API servers, and their node pools simulated nodes. */
export const clusterHook: ClusterHook = {
  clusterCreated: describedAndRunning,
  // The API server is of one version whatever is asked for; the record is what nodes go by from now on.
  clusterUpdated: describedAndRunning,
  clusterDeleted: ({ account, id }) => {
    const folder = clusterFolder(account, id);
    return inTurn(folder, () => removeCluster(folder));
  },
  nodePoolChanged,
  nodePoolDeleted: async ({ account, clusterId, name }) => {
    const folder = clusterFolder(account, clusterId);
    await inTurn(folder, async () => {
      const cluster = readCluster(folder);
      // Gone with its cluster.
      if (cluster === undefined) return;
      // One that does not run is given the nodes of its pools when it is started again.
      if (await isRunning(folder)) {
        const selector = `${POOL_LABEL[cluster.cloud]}=${name}`;
        await providePool(stateLayout(folder).kubeconfig, selector, []);
      }
      removePool(folder, name);
    });
  },
};
