import { clusterApi } from "../control-plane/index.ts";
import type { ReleaseName } from "./interrupted-run.ts";

/**
 * Removes the records by which Helm remembers operations under way. When Helm was killed they stay, and
 * it refuses every further operation on the release; nobody but us works on it, so none is under way.
 * Its objects stay: the next installation takes up those that bear the release's name.
 */
export async function unlockReleases(
  kubeconfig: string,
  releases: readonly ReleaseName[],
): Promise<void> {
  const api = clusterApi(kubeconfig);
  for (const { namespace, name } of releases) {
    const selector = `owner=helm,name=${name},status in (pending-install,pending-upgrade,pending-rollback,uninstalling)`;
    const { items } = await api.list(
      "v1",
      "Secret",
      namespace,
      undefined,
      undefined,
      undefined,
      undefined,
      selector,
    );
    for (const { metadata } of items) {
      // The items of a list do not say what they are.
      if (metadata !== undefined) await api.delete({ apiVersion: "v1", kind: "Secret", metadata });
    }
  }
}
