import type { AksSettings } from "../../../components/clusters/settings.ts";
import type { CommandLine } from "../command-runner.ts";

/** The application that stands for the API servers of all AKS clusters. */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** Everything that the Azure CLI is asked. All of it only looks. */
export function azureCommands({ subscription, region, tenant }: AksSettings) {
  const az = (...args: readonly string[]): CommandLine => ({
    file: "az",
    args: [...args, "--output", "json"],
  });
  const inSubscription = (...args: readonly string[]) =>
    az(...args, "--subscription", subscription);
  return {
    account: az("account", "show"),
    signedInUser: az("ad", "signed-in-user", "show", "--query", "id"),
    servicePrincipal: (appId: string) => az("ad", "sp", "show", "--id", appId, "--query", "id"),
    locations: inSubscription(
      "account",
      "list-locations",
      "--query",
      "[].{name:name,zones:availabilityZoneMappings[].logicalZone}",
    ),
    providers: inSubscription(
      "provider",
      "list",
      "--query",
      "[].{namespace:namespace,state:registrationState}",
    ),
    machineUsage: inSubscription("vm", "list-usage", "--location", region),
    networkUsage: inSubscription("network", "list-usages", "--location", region),
    clusters: inSubscription(
      "aks",
      "list",
      "--query",
      "[].{name:name,group:resourceGroup,location:location}",
    ),
    /** A kubeconfig, to standard output: where the API server is, and its authority. */
    kubeconfig: (group: string, name: string): CommandLine => ({
      file: "az",
      args: [
        "aks",
        "get-credentials",
        "--resource-group",
        group,
        "--name",
        name,
        "--subscription",
        subscription,
        "--file",
        "-",
      ],
    }),
    plugin: {
      file: "kubelogin",
      args: [
        "get-token",
        "--login",
        // As the kubeconfig of the cluster says; AAD_LOGIN_METHOD comes before it for both.
        "azurecli",
        "--environment",
        "AzurePublicCloud",
        "--server-id",
        AKS_SERVER_ID,
        "--tenant-id",
        tenant,
      ],
    },
  } as const;
}

export type AzureCommands = ReturnType<typeof azureCommands>;
