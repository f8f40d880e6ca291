import { z } from "zod";
import type { ClusterKind } from "../../components/clusters/settings.ts";
import { cloudShape, networkShape, podRange } from "./cloud-cluster.ts";
import { account, project } from "./cloud-values.ts";
import { clusterKind } from "./cluster-kind.ts";
import { existingClusterSchema } from "./existing-cluster.ts";
import { section, uuid } from "./values.ts";

const network = { description: "The address ranges of the network." };

/** Shapes of `slipway:cluster`, by its kind. */
export const CLUSTER_SCHEMAS = {
  existing: existingClusterSchema,
  gke: section(
    { description: "A cluster on Google Kubernetes Engine.", rows: ["T-11"] },
    {
      kind: clusterKind("gke"),
      project: project({ description: "Id of the project that holds everything.", rows: ["E-41"] }),
      ...cloudShape,
      network: section(network, { ...networkShape, pods: podRange }),
    },
  ),
  eks: section(
    { description: "A cluster on Elastic Kubernetes Service.", rows: ["T-12"] },
    {
      kind: clusterKind("eks"),
      account: account({
        description: "Number of the account that holds everything; any other is refused.",
        rows: ["E-41"],
      }),
      ...cloudShape,
      network: section(network, networkShape),
    },
  ),
  aks: section(
    { description: "A cluster on Azure Kubernetes Service.", rows: ["T-13"] },
    {
      kind: clusterKind("aks"),
      subscription: uuid({
        description: "Id of the subscription that holds everything.",
        rows: ["E-41"],
      }),
      tenant: uuid({ description: "Id of the tenant that people sign in to.", rows: ["E-41"] }),
      ...cloudShape,
      network: section(network, { ...networkShape, pods: podRange }),
    },
  ),
} as const satisfies Record<ClusterKind, z.ZodType>;

/** Shape of `slipway:cluster`, whichever kind it is. */
export const clusterSchema = z
  .discriminatedUnion("kind", [
    CLUSTER_SCHEMAS.existing,
    CLUSTER_SCHEMAS.gke,
    CLUSTER_SCHEMAS.eks,
    CLUSTER_SCHEMAS.aks,
  ])
  .meta({ description: "The Kubernetes cluster that the stack runs on." });
