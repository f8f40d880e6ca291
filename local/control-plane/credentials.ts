import { generateKeyPairSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import type { StateLayout } from "./state-layout.ts";

/** The context of the local kubeconfig; `Pulumi.local.yaml` names it. */
export const LOCAL_CONTEXT = "slipway-local";

/** Who calls the API server. The scheduler has only what Kubernetes' own roles give it. */
const IDENTITIES = {
  admin: { user: "slipway-admin", groups: ["system:masters"] },
  "kube-controller-manager": { user: "system:kube-controller-manager", groups: ["system:masters"] },
  "kube-scheduler": { user: "system:kube-scheduler", groups: [] },
  kwok: { user: "slipway-kwok", groups: ["system:masters"] },
} as const;

export type IdentityName = keyof typeof IDENTITIES;

export interface CredentialFiles {
  readonly tokens: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  /** Where the API server puts the serving certificate that it makes for itself. */
  readonly certificates: string;
  readonly authority: string;
  readonly servingKey: string;
}

export function credentialFiles(layout: StateLayout): CredentialFiles {
  const certificates = path.join(layout.credentials, "serving");
  return {
    tokens: path.join(layout.credentials, "tokens.csv"),
    serviceAccountKey: path.join(layout.credentials, "service-account.key"),
    serviceAccountPublicKey: path.join(layout.credentials, "service-account.pub"),
    certificates,
    authority: path.join(certificates, "apiserver.crt"),
    servingKey: path.join(certificates, "apiserver.key"),
  };
}

function writePrivate(file: string, text: string): void {
  fs.writeFileSync(file, text, { mode: 0o600 });
  // The mode above counts only for a file that is new.
  fs.chmodSync(file, 0o600);
}

/** Makes tokens and keys where there are none. Those of data that is still there go on to count. */
export function provideCredentials(layout: StateLayout): CredentialFiles {
  const files = credentialFiles(layout);
  fs.mkdirSync(files.certificates, { recursive: true, mode: 0o700 });
  if (!fs.existsSync(files.tokens)) {
    const rows = Object.values(IDENTITIES).map(({ user, groups }) =>
      [randomBytes(24).toString("hex"), user, user, `"${groups.join(",")}"`].join(","),
    );
    writePrivate(files.tokens, `${rows.join("\n")}\n`);
  }
  if (!fs.existsSync(files.serviceAccountPublicKey)) {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = pair.privateKey.export({ type: "sec1", format: "pem" });
    writePrivate(files.serviceAccountKey, key.toString());
    const publicKey = pair.publicKey.export({ type: "spki", format: "pem" });
    fs.writeFileSync(files.serviceAccountPublicKey, publicKey);
  }
  return files;
}

/** The token of one of those who call. */
export function tokenOf(layout: StateLayout, name: IdentityName): string {
  const { user } = IDENTITIES[name];
  const rows = fs.readFileSync(credentialFiles(layout).tokens, "utf8").split("\n");
  const token = rows.find((row) => row.split(",")[1] === user)?.split(",")[0];
  if (token === undefined) throw new Error(`no token for ${user}`);
  return token;
}

/** A kubeconfig for one user of one cluster. */
export function kubeconfigText(
  server: string,
  authority: Buffer,
  user: string,
  token: string,
): string {
  const certificate = authority.toString("base64");
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: LOCAL_CONTEXT, cluster: { server, "certificate-authority-data": certificate } },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: LOCAL_CONTEXT, context: { cluster: LOCAL_CONTEXT, user } }],
    "current-context": LOCAL_CONTEXT,
  });
}

/** The kubeconfig file of a part of the control plane. */
export function partKubeconfig(layout: StateLayout, name: Exclude<IdentityName, "admin">): string {
  return path.join(layout.credentials, `${name}.kubeconfig`);
}

/** Writes the kubeconfigs once the API server has made its certificate. Only the owner can read them. */
export function writeKubeconfigs(layout: StateLayout, server: string): void {
  const authority = fs.readFileSync(credentialFiles(layout).authority);
  for (const name of Object.keys(IDENTITIES) as IdentityName[]) {
    const { user } = IDENTITIES[name];
    const file = name === "admin" ? layout.kubeconfig : partKubeconfig(layout, name);
    writePrivate(file, kubeconfigText(server, authority, user, tokenOf(layout, name)));
  }
}
