import fs from "node:fs";
import path from "node:path";

/** The authority that signs certificates of database servers; RDS keeps one of this name per region. */
export const RDS_AUTHORITY = "rds-ca-rsa2048-g1";

/**
 * Certificates of the authority, each behind a line with its region. They are AWS's own, as found in
 * agreement in two places; https://truststore.pki.rds.amazonaws.com/REGION/REGION-bundle.pem is where
 * AWS has them. They are valid until 2061 at least.
 */
const FILE = path.join(import.meta.dirname, "rds-root-authorities.pem");

/** PEM of whoever signed a region's servers; undefined for a region that nobody has added. */
export function rdsAuthority(region: string): string | undefined {
  const parts = fs.readFileSync(FILE, "utf8").split(/^# /m);
  const part = parts.find((text) => text.startsWith(`${region}\n`));
  return part?.slice(region.length + 1);
}
