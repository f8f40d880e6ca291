import type { SecretStore } from "../core/cluster-handle.ts";
import type { Problem } from "../core/problem.ts";
import { platformLabels } from "./platform-namespace.ts";

type Api = SecretStore["api"];

/** Names of the ClusterSecretStore, as guides call them (E-51). */
export const SECRET_STORE_NAMES = {
  gcpsm: "gcp-secret-manager",
  awssm: "aws-secrets-manager",
  azurekv: "azure-key-vault",
} as const satisfies Record<Api, string>;

/**
 * The store of the cluster's cloud, for ExternalSecrets of any namespace (D-72). As whom it is asked is
 * a matter of the controller's own pod, and its right ends with the prefix.
 */
export function clusterSecretStore(store: SecretStore) {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: {
      name: SECRET_STORE_NAMES[store.api],
      labels: platformLabels("external-secrets"),
    },
    spec: { provider: providerOf(store) },
  };
}

function providerOf({ api, region = "", endpoint = "" }: SecretStore) {
  switch (api) {
    case "gcpsm":
      // The project is the one of the cluster, as its metadata server says.
      return { gcpsm: {} };
    case "awssm":
      return { aws: { service: "SecretsManager", region } };
    case "azurekv":
      return { azurekv: { authType: "WorkloadIdentity", vaultUrl: endpoint } };
  }
}

/** Problems of External Secrets on a cluster: there is nothing to read, or nobody knows where it is. */
export function checkSecretStore(enabled: boolean, store: SecretStore | undefined): Problem[] {
  if (!enabled) return [];
  const path = "externalSecrets.enabled";
  if (store === undefined) {
    return [
      {
        path,
        got: "true",
        expected: "false, because the cluster has no store of secrets",
        remedy: "Turn it off, or use a cluster whose cloud has one.",
      },
    ];
  }
  const needed = { gcpsm: undefined, awssm: "region", azurekv: "endpoint" } as const;
  const missing = needed[store.api];
  if (missing === undefined || store[missing] !== undefined) return [];
  return [
    {
      path,
      got: "true",
      expected: `a store with its ${missing}, because its kind is ${store.api}`,
      remedy: `Give secretStore of the cluster's handle its ${missing}.`,
    },
  ];
}
