import { ApiException, KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";
import { LocalError } from "../local-error.ts";
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

/**
 * Creates objects; those that are there already stay as they are. A dry run (`All`) only asks the API
 * server whether it would.
 */
export async function createMissing(
  api: KubernetesObjectApi,
  objects: readonly KubernetesObject[],
  dryRun?: "All",
): Promise<void> {
  const create = async (object: KubernetesObject): Promise<void> => {
    try {
      await api.create(object, undefined, dryRun);
    } catch (error) {
      if (!(error instanceof ApiException && error.code === 409)) throw error;
    }
  };
  await Promise.all(objects.map(create));
}

async function nodes(api: KubernetesObjectApi): Promise<NodeObject[]> {
  const { items } = await api.list("v1", "Node");
  return items as unknown as NodeObject[];
}

async function changeNodes(api: KubernetesObjectApi, wanted: readonly NodeObject[]): Promise<void> {
  const { create, remove } = planNodes(wanted, await nodes(api));
  const node = (name: string): KubernetesObject => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name },
  });
  // Also the nodes that are made anew under their old name: the API server refuses them here, if at all.
  await createMissing(api, create, "All");
  const added = create.filter(({ metadata }) => !remove.includes(metadata.name));
  await createMissing(api, added);
  await Promise.all(remove.map((name) => api.delete(node(name))));
  await createMissing(api, create);
}

/** What the API server says of a request that it refused, in one line. */
function refusal({ code, body }: ApiException<unknown>): string {
  let said: unknown = body;
  try {
    const status: unknown = typeof body === "string" ? JSON.parse(body) : body;
    said = (status as { readonly message?: unknown } | undefined)?.message ?? body;
  } catch {
    // No Status object: it is shown as it is.
  }
  return `${code}: ${String(said).replace(/\s+/g, " ").trim()}`;
}

/** Makes the cluster have exactly these nodes. None goes before those that take its place are there. */
export async function provideNodes(
  api: KubernetesObjectApi,
  wanted: readonly NodeObject[],
): Promise<void> {
  try {
    await changeNodes(api, wanted);
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    throw new LocalError(
      `The cluster could not be given the nodes of the stack: the API server answered ${refusal(error)}`,
      { cause: error },
    );
  }
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
