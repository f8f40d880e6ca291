import type { Cluster } from "@pulumi/gcp/container/cluster.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle } from "../../core/cluster-handle.ts";
import type { GkeClusterArgs } from "../cloud-context.ts";
import { execKubeconfig } from "../exec-kubeconfig.ts";

/** The address of an API server as a kubeconfig has it; Google gives it without a scheme. */
export const serverUrl = (host: string): string =>
  /^https:\/\//.test(host) ? host : `https://${host}`;

/** Where the API server answers, and whose certificate it shows if not one that everybody trusts. */
function endpointOf({ endpoint }: Pick<GkeClusterArgs, "endpoint">, cluster: Cluster) {
  if (endpoint === "dns") {
    const host = cluster.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint;
    return { host };
  }
  const certificateAuthority = cluster.masterAuth.clusterCaCertificate;
  if (endpoint === "restricted") return { host: cluster.endpoint, certificateAuthority };
  return { host: cluster.privateClusterConfig.privateEndpoint, certificateAuthority };
}

/** A kubeconfig for the cluster, which holds no credential. */
export function gkeKubeconfig(args: GkeClusterArgs, cluster: Cluster): ClusterHandle["kubeconfig"] {
  const { host, certificateAuthority } = endpointOf(args, cluster) as {
    readonly host: pulumi.Output<string>;
    readonly certificateAuthority?: pulumi.Output<string>;
  };
  return execKubeconfig({
    name: args.name,
    server: host.apply(serverUrl),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    command: "gke-gcloud-auth-plugin",
    args: [],
    installHint:
      "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin.",
  });
}
