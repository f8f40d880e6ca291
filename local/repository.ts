import path from "node:path";

/** The folder of the checkout, which holds Pulumi.yaml. */
export const REPOSITORY = path.resolve(import.meta.dirname, "..");

/** What `make up` starts lives here unless another folder is named. Ignored by git. */
export const DEFAULT_STATE_DIR = path.join(REPOSITORY, ".local");

/** A path as a person in the checkout would type it; the same path where it lies outside. */
export function shown(file: string): string {
  const relative = path.relative(REPOSITORY, file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? file : relative || ".";
}
