import { CLUSTER_DEFAULTS } from "../../components/clusters/settings-defaults.ts";
import { clusterKind } from "./cluster-kind.ts";
import { bytes, cpu, list, nodePrefix, section, wholeNumber, word } from "./values.ts";

const nodePool = section(
  { description: "Nodes of one kind." },
  {
    name: nodePrefix({ description: "Name of the pool, unique in the cluster." }),
    cpu: cpu({ description: "CPU of one node, such as 4.", rows: ["M-05", "T-11"] }),
    memory: bytes({ description: "Memory of one node, such as 16Gi.", rows: ["M-05", "T-11"] }),
    minNodes: wholeNumber(
      { description: "Fewest nodes of the pool in the whole cluster.", rows: ["D-79", "D-82"] },
      0,
      1000,
    ),
    maxNodes: wholeNumber(
      { description: "Most nodes of the pool in the whole cluster.", rows: ["D-79", "D-83"] },
      1,
      1000,
    ),
  },
);

const storageClasses = section(
  { description: "Names of the storage classes by purpose.", rows: ["D-73"] },
  {
    standard: word({ description: "For most volumes.", rows: ["M-05"] }, ["standard", "gp3"]),
    fastSsd: word({ description: "For databases.", rows: ["M-05"] }, ["fast-ssd", "premium-ssd"]),
    rwx: word({ description: "For volumes that several pods mount at once.", rows: ["D-32"] }, [
      "nfs",
      "files",
    ]).exactOptional(),
  },
);

/** Shape of `slipway:cluster` for a cluster that somebody else made. */
export const existingClusterSchema = section(
  { description: "A Kubernetes cluster that somebody else made." },
  {
    kind: clusterKind("existing"),
    clusterIdentifier: word(
      {
        description:
          "A name for the cluster that never changes. Changing it replaces everything in the cluster.",
      },
      ["slipway-dev", "slipway-prod"],
    ),
    context: word({ description: "The context of the kubeconfig to use." }, [
      "slipway-dev",
      "slipway-prod",
    ]),
    kubeconfigFile: word(
      {
        description:
          "Path of a kubeconfig, relative to this folder or starting with ~/. Without it the secret " +
          "slipway:kubeconfig holds the content.",
      },
      [".local/kubeconfig", "~/.kube/config"],
    ).exactOptional(),
    nodePools: list({ description: "The nodes that are there.", rows: ["E-42"] }, nodePool),
    storageClasses: storageClasses.default(CLUSTER_DEFAULTS.storageClasses),
  },
);
