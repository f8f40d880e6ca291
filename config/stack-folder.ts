import fs from "node:fs";
import path from "node:path";
import { ConfigError } from "./config-error.ts";
import { PROJECT_FOLDER } from "./kubeconfig.ts";

/** Where the stack files for other clouds are, a folder for each. */
export const EXAMPLES_FOLDER = path.join(PROJECT_FOLDER, "examples");

/** Clouds that have stack files of their own. */
export function exampleClusters(folder: string = EXAMPLES_FOLDER): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/**
 * The folder with the stack files: the project's own, or the examples for a cloud. Throws ConfigError for
 * a cloud that has none.
 */
export function stackFolder(cluster: string | undefined): string {
  if (cluster === undefined) return PROJECT_FOLDER;
  const known = exampleClusters();
  if (known.includes(cluster)) return path.join(EXAMPLES_FOLDER, cluster);
  throw new ConfigError("examples", [
    {
      path: "",
      got: JSON.stringify(cluster),
      expected: `one of ${known.join(", ")}`,
      remedy: "Name one of them, or leave the cluster out for the project's own stack files.",
    },
  ]);
}
