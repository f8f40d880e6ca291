import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials.js";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle } from "../../core/cluster-handle.ts";
import { execKubeconfig } from "../exec-kubeconfig.ts";
import type { AksPlace } from "./place.ts";

/** What tokens for every AKS cluster there is are issued to (azure.github.io/kubelogin). */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * How kubelogin gets a token: from the Azure CLI, as people do. The environment variable
 * AAD_LOGIN_METHOD, which kubelogin heeds before this, says otherwise where there is no such login:
 * `workloadidentity` in a runner with a federated token, `spn` with a client secret. So one kubeconfig
 * serves all, and no plan changes with who makes it.
 */
const LOGIN_METHOD = "azurecli";

/** Where the API server answers, and whose certificate it shows. */
interface Endpoint {
  readonly server: string;
  readonly certificateAuthority: string;
}

/** Reads a kubeconfig that Azure gave, which is YAML or JSON with each value on one line. */
export function endpointOf(kubeconfig: string): Endpoint {
  const value = (key: string, form: string) => {
    const found = new RegExp(`"?${key}"?:\\s*"?(${form})`).exec(kubeconfig)?.[1];
    if (found !== undefined) return found;
    throw new Error(
      `The kubeconfig that Azure gives for the cluster has no ${key}. Run az aks get-credentials to ` +
        "see whether the cluster is there and whether you may ask for it.",
    );
  };
  return {
    server: value("server", String.raw`https://[^\s"',}]+`),
    certificateAuthority: value("certificate-authority-data", "[A-Za-z0-9+/=]+"),
  };
}

/** A kubeconfig for the cluster, which holds no credential. */
export function aksKubeconfig(
  { args, here, child }: AksPlace,
  cluster: ManagedCluster,
): ClusterHandle["kubeconfig"] {
  const { parent, provider } = child();
  const options: pulumi.InvokeOutputOptions = {
    ...(parent === undefined ? {} : { parent }),
    ...(provider === undefined ? {} : { provider }),
  };
  const credentials = listManagedClusterUserCredentialsOutput(
    { resourceGroupName: here.resourceGroupName, resourceName: cluster.name, format: "exec" },
    options,
  );
  const endpoint = credentials.kubeconfigs.apply(([first]) =>
    endpointOf(Buffer.from(first?.value ?? "", "base64").toString("utf8")),
  );
  return execKubeconfig({
    name: args.name,
    server: endpoint.server,
    certificateAuthority: endpoint.certificateAuthority,
    command: "kubelogin",
    args: [
      "get-token",
      "--login",
      LOGIN_METHOD,
      "--environment",
      "AzurePublicCloud",
      "--tenant-id",
      args.tenant,
      "--server-id",
      AKS_SERVER_ID,
    ],
    installHint: "Install kubelogin: az aks install-cli, or see azure.github.io/kubelogin.",
  });
}
