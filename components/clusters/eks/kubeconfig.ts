import type { Cluster } from "@pulumi/aws/eks/cluster.js";
import type * as pulumi from "@pulumi/pulumi";
import { execKubeconfig } from "../exec-kubeconfig.ts";
import type { EksPlace } from "./place.ts";

/** A kubeconfig that signs in through the AWS CLI, as whoever runs it. */
export function eksKubeconfig({ args }: EksPlace, cluster: Cluster): pulumi.Output<string> {
  return execKubeconfig({
    name: args.name,
    server: cluster.endpoint,
    certificateAuthority: cluster.certificateAuthority.data,
    command: "aws",
    args: [
      "eks",
      "get-token",
      "--cluster-name",
      args.name,
      "--region",
      args.region,
      "--output",
      "json",
    ],
    installHint:
      "Install the AWS CLI, version 2, and sign in as somebody whom the cluster lets in.",
  });
}
