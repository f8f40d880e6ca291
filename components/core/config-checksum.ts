import { createHmac } from "node:crypto";

/**
 * A hash of configuration data that is the same for the same entries in any order. With a secret salt
 * it tells nothing of the data, so that it may stand in clear on a pod where the data may not: a plain
 * hash of a weak password could be found by trying passwords.
 */
export function configChecksum(data: Readonly<Record<string, string>>, salt = ""): string {
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac("sha256", salt).update(JSON.stringify(entries)).digest("hex");
}

/** A hash of each entry for itself, so that who reads one key hears nothing of the others. */
export function keyChecksums(
  data: Readonly<Record<string, string>>,
  salt = "",
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, configChecksum({ [key]: value }, salt)]),
  );
}
