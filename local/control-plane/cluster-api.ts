import { ApiException, KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";
import type { KubernetesObject, NodeObject } from "./cluster-objects.ts";
import { planNodes } from "./cluster-objects.ts";

/** Reads and writes objects of any kind in the cluster that a kubeconfig file names. */
export function clusterApi(kubeconfigFile: string): KubernetesObjectApi {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigFile);
  return KubernetesObjectApi.makeApiClient(config);
}

/** Whether an error of the API says that there is no such object. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiException && error.code === 404;
}

/** Creates objects; those that are there already stay as they are. */
export async function createMissing(
  api: KubernetesObjectApi,
  objects: readonly KubernetesObject[],
): Promise<void> {
  await Promise.all(
    objects.map((object) =>
      api.create(object as Parameters<typeof api.create>[0]).catch((error: unknown) => {
        if (!(error instanceof ApiException && error.code === 409)) throw error;
      }),
    ),
  );
}

async function nodes(api: KubernetesObjectApi): Promise<NodeObject[]> {
  const { items } = await api.list("v1", "Node");
  return items as unknown as NodeObject[];
}

/** Makes the cluster have exactly these nodes. */
export async function provideNodes(
  api: KubernetesObjectApi,
  wanted: readonly NodeObject[],
): Promise<void> {
  const { create, remove } = planNodes(wanted, await nodes(api));
  const node = (name: string): KubernetesObject => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name },
  });
  await Promise.all(remove.map((name) => api.delete(node(name))));
  await createMissing(api, create);
}

/** How many nodes there are and how many of them are ready. */
export async function countNodes(
  api: KubernetesObjectApi,
): Promise<{ readonly nodes: number; readonly ready: number }> {
  const all = (await nodes(api)) as unknown as {
    status: { conditions?: { type: string; status: string }[] };
  }[];
  const ready = all.filter(({ status }) =>
    status.conditions?.some(({ type, status: value }) => type === "Ready" && value === "True"),
  );
  return { nodes: all.length, ready: ready.length };
}

/** Whether pods can be created in the default namespace: the controller manager has to have run once. */
export async function hasDefaultServiceAccount(api: KubernetesObjectApi): Promise<boolean> {
  const metadata = { name: "default", namespace: "default" };
  return api.read({ apiVersion: "v1", kind: "ServiceAccount", metadata }).then(
    () => true,
    (error: unknown) => {
      if (isNotFound(error)) return false;
      throw error;
    },
  );
}
