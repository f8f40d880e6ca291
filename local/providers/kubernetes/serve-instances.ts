import { isAbsent } from "./api-error.ts";
import type { Cluster } from "./cluster.ts";
import { listAt, textAt } from "./json-access.ts";
import type { Manifest } from "./manifest.ts";

/**
 * Has the API server open the store of a definition's instances before the definition is deleted. It
 * opens one with the first request; if that is the deletion itself, it finds the store "initializing",
 * gives up, and looks again only minutes later. Objects of other kinds are left alone.
 */
export async function serveInstances(object: Manifest, cluster: Cluster): Promise<void> {
  if (object.kind !== "CustomResourceDefinition") return;
  const group = textAt(object, "spec", "group") ?? "";
  const kind = textAt(object, "spec", "names", "kind") ?? "";
  const versions = listAt(object, "spec", "versions").filter(({ served }) => served === true);
  for (const version of versions) {
    try {
      await cluster.list(`${group}/${textAt(version, "name") ?? ""}`, kind);
    } catch (error) {
      // Not served any more, so its instances are gone already.
      if (!isAbsent(error)) throw error;
    }
  }
}
