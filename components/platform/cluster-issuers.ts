import type * as k8s from "@pulumi/kubernetes";
import { acmeSolvers, type AcmeSolversArgs } from "./acme-solvers.ts";
import type { ISSUER_NAMES } from "./issuer-names.ts";
import { platformLabels } from "./platform-namespace.ts";

type IssuerName = (typeof ISSUER_NAMES)[number];
type IssuerSpec = k8s.apiextensions.CustomResourceArgs;

export interface ClusterIssuersArgs extends AcmeSolversArgs {
  /** Where the ACME authority sends warnings of expiry (T-39, E-52). */
  readonly acmeEmail: string;
}

/** Directories of the ACME authority: the real one, and one that is not trusted but has no limits. */
const ACME_SERVERS = {
  "letsencrypt-prod": "https://acme-v02.api.letsencrypt.org/directory",
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

/** The ClusterIssuers by name (T-39, D-63). Without a way to answer challenges there are no ACME issuers. */
export function clusterIssuers(args: ClusterIssuersArgs): Partial<Record<IssuerName, IssuerSpec>> {
  const { acmeEmail } = args;
  const solvers = acmeSolvers(args);
  const selfsigned = issuer("selfsigned", { selfSigned: {} });
  if (solvers.length === 0) return { selfsigned };
  const acme = (name: keyof typeof ACME_SERVERS) =>
    issuer(name, {
      acme: {
        server: ACME_SERVERS[name],
        email: acmeEmail,
        privateKeySecretRef: { name },
        solvers,
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
