import type * as k8s from "@pulumi/kubernetes";
import type { ISSUER_NAMES } from "./issuer-names.ts";
import { platformLabels } from "./platform-namespace.ts";

type IssuerName = (typeof ISSUER_NAMES)[number];
type IssuerSpec = k8s.apiextensions.CustomResourceArgs;

export interface ClusterIssuersArgs {
  /** Where the ACME authority sends warnings of expiry (T-39, E-52). */
  readonly acmeEmail: string;
  /** The class of Ingress that answers challenges; without one there are no ACME issuers (T-39). */
  readonly ingressClassName?: string;
}

/** Directories of the ACME authority: the real one, and one that is not trusted but has no limits. */
const ACME_SERVERS = {
  "letsencrypt-prod": "https://acme-v02.api.letsencrypt.org/directory",
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

/** The ClusterIssuers by name (T-39, D-63). */
export function clusterIssuers(args: ClusterIssuersArgs): Partial<Record<IssuerName, IssuerSpec>> {
  const { acmeEmail, ingressClassName } = args;
  const selfsigned = issuer("selfsigned", { selfSigned: {} });
  if (ingressClassName === undefined) return { selfsigned };
  const acme = (name: keyof typeof ACME_SERVERS) =>
    issuer(name, {
      acme: {
        server: ACME_SERVERS[name],
        email: acmeEmail,
        privateKeySecretRef: { name },
        // ClusterIP, as the controller forwards to the pod: a node port would open it to the outside.
        solvers: [{ http01: { ingress: { ingressClassName, serviceType: "ClusterIP" } } }],
      },
    });
  return {
    "letsencrypt-prod": acme("letsencrypt-prod"),
    "letsencrypt-staging": acme("letsencrypt-staging"),
    selfsigned,
  };
}

function issuer(name: IssuerName, spec: object): IssuerSpec {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name, labels: platformLabels("cert-manager") },
    spec,
  };
}
