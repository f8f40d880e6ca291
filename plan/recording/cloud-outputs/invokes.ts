import { Secret } from "../../secret.ts";
import type { CloudAccount } from "./account.ts";
import { NO_CERTIFICATE, type ServedApi } from "./cloud-resource.ts";
import { digitsOf } from "./drawn-numbers.ts";
import type { Properties } from "./properties.ts";

/** A resource of the account that a function asks about. */
export interface KnownResource {
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Of a cluster: where it is reached, if it is. */
  readonly served?: ServedApi;
}

/** The resources of a type in an account. */
export type ResourcesOf = (type: string) => readonly KnownResource[];

const CLUSTER = "azure-native:containerservice:ManagedCluster";

/** The application that Azure's API server takes tokens for, in every tenant. */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

type Answer = (args: Properties, account: CloudAccount, resourcesOf: ResourcesOf) => Properties;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function clusterFor(args: Properties, resourcesOf: ResourcesOf): KnownResource {
  const found = resourcesOf(CLUSTER).find(
    ({ inputs }) =>
      inputs["resourceName"] === args["resourceName"] &&
      inputs["resourceGroupName"] === args["resourceGroupName"],
  );
  if (found !== undefined) return found;
  const name = `${text(args["resourceGroupName"])}/${text(args["resourceName"])}`;
  throw new Error(`ResourceNotFound: there is no managed cluster ${name}.`);
}

/** Where a cluster is reached and by what certificate it is known; of a plan, what stands for it. */
function reachable({ outputs, served }: KnownResource) {
  const fqdn = text(outputs["privateFQDN"]) || text(outputs["fqdn"]);
  return {
    server: served?.endpoint ?? `https://${fqdn}:443`,
    "certificate-authority-data": served?.certificateAuthority ?? NO_CERTIFICATE,
  };
}

function kubeconfig(cluster: KnownResource, name: string, user: Properties): Properties {
  const document = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: reachable(cluster) }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
  // JSON is YAML too.
  const encoded = Buffer.from(JSON.stringify(document)).toString("base64");
  return { kubeconfigs: [{ name, value: new Secret(encoded) }] };
}

/** What `az aks get-credentials` writes before kubelogin converts it; it has no login of its own. */
const userCredentials: Answer = (args, account, resourcesOf) => {
  const login = ["--environment", "AzurePublicCloud", "--server-id", AKS_SERVER_ID];
  return kubeconfig(clusterFor(args, resourcesOf), "clusterUser", {
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "kubelogin",
      args: ["get-token", ...login, "--tenant-id", account.tenantId],
      interactiveMode: "IfAvailable",
      provideClusterInfo: false,
    },
  });
};

const adminCredentials: Answer = (args, _account, resourcesOf) => {
  const cluster = clusterFor(args, resourcesOf);
  if (cluster.inputs["disableLocalAccounts"] === true) {
    throw new Error(
      "BadRequest: static credentials are not given out, because the cluster has local accounts disabled.",
    );
  }
  return kubeconfig(cluster, "clusterAdmin", { token: "[generated]" });
};

const ANSWERS: Readonly<Record<string, Answer>> = {
  "azure-native:containerservice:listManagedClusterUserCredentials": userCredentials,
  "azure-native:containerservice:listManagedClusterAdminCredentials": adminCredentials,
  "azure-native:authorization:getClientConfig": (_args, { subscriptionId, tenantId }) => ({
    clientId: "00000000-0000-0000-0000-00000000c11e",
    objectId: "00000000-0000-0000-0000-00000000de91",
    subscriptionId,
    tenantId,
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { accountId, partition }) => ({
    accountId,
    arn: `arn:${partition}:iam::${accountId}:user/slipway`,
    id: accountId,
    userId: "AIDASLIPWAY",
  }),
  "aws:index/getPartition:getPartition": (_args, { partition }) => ({
    id: partition,
    partition,
    dnsSuffix: partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
    reverseDnsPrefix: partition === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (_args, { region }) => ({
    id: region,
    name: region,
    region,
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
  }),
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": (args, account) => {
    const project = text(args["project"]) || account.project;
    const number = project === account.project ? account.projectNumber : digitsOf(project, 12);
    const emailAddress = `service-${number}@gs-project-accounts.iam.gserviceaccount.com`;
    return { id: emailAddress, project, emailAddress, member: `serviceAccount:${emailAddress}` };
  },
};

/** Answers a function of a cloud's package; undefined for one that has no answer here. */
export function cloudFunction(
  token: string,
  args: Properties,
  account: CloudAccount,
  resourcesOf: ResourcesOf,
): Properties | undefined {
  return ANSWERS[token]?.(args, account, resourcesOf);
}
