import fs from "node:fs";
import path from "node:path";
import { AccountStore } from "../cloud/account-store.ts";

/**
 * The certificate authority, as PEM, of a cluster in a stand-in account. Google's clusters have names for
 * which it shows certificates that every machine trusts, so a kubeconfig for one says no authority; the
 * API server in its place has a certificate of its own, which this machine trusts so.
 */
export function trustedAuthority(
  server: string,
  account = process.env["SLIPWAY_CLOUD"],
): string | undefined {
  if (account === undefined || !fs.existsSync(path.join(account, "gcp"))) return undefined;
  const { origin } = new URL(server);
  const cluster = new AccountStore(account, "gcp")
    .records()
    .find(({ served }) => served !== undefined && new URL(served.endpoint).origin === origin);
  if (cluster?.served === undefined) return undefined;
  return Buffer.from(cluster.served.certificateAuthority, "base64").toString("utf8");
}
