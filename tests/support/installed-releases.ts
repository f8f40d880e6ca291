import type { V1Secret } from "@kubernetes/client-node";
import { decodeRecord } from "../../local/providers/kubernetes/helm/release-record.ts";
import type { ClusterView } from "./cluster-inventory.ts";

/** A release as `helm list` shows it. */
export interface InstalledRelease {
  readonly name: string;
  readonly namespace: string;
  /** Chart and version. */
  readonly chart: string;
  readonly revision: number;
  readonly status: string;
}

/** The latest revision of every release in a cluster, by name. */
export async function installedReleases(
  cluster: ClusterView,
): Promise<Map<string, InstalledRelease>> {
  const secrets = await cluster.list<V1Secret>("v1", "Secret");
  const records = secrets
    .filter(({ type }) => type === "helm.sh/release.v1")
    .map(({ data = {} }) => decodeRecord({ data }))
    .toSorted((a, b) => a.version - b.version);
  return new Map(
    records.map(({ name, namespace, version, info, chart }) => [
      name,
      {
        name,
        namespace,
        chart: `${chart.metadata.name} ${chart.metadata.version}`,
        revision: version,
        status: info.status,
      },
    ]),
  );
}
