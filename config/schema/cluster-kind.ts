import { z } from "zod";
import { CLUSTER_KINDS, type ClusterKind } from "../../components/clusters/settings.ts";

const quoted = CLUSTER_KINDS.map((kind) => JSON.stringify(kind)).join(", ");

/** The key that decides which shape `slipway:cluster` has. */
export function clusterKind<K extends ClusterKind>(kind: K) {
  const description =
    "existing: somebody else made the cluster and gave a kubeconfig. gke, eks, aks: Slipway makes it " +
    "in that cloud, network and all. (E-41)";
  return z.literal(kind, { error: `one of ${quoted}` }).meta({ description });
}
