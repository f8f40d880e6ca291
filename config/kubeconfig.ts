import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { environment } from "./environment.ts";

/** The folder of Pulumi.yaml. */
export const PROJECT_FOLDER = path.resolve(import.meta.dirname, "..");

/** The file that `slipway:cluster.kubeconfigFile` names, unless the environment names another. */
export function kubeconfigPath(file: string, { kubeconfigFile } = environment()): string {
  const named = kubeconfigFile ?? file;
  if (named.startsWith("~/")) return path.join(os.homedir(), named.slice(2));
  return path.resolve(PROJECT_FOLDER, named);
}

/** A kubeconfig that is there and cannot be read: a folder, or a file of somebody else's. */
export class UnreadableKubeconfig extends Error {
  override readonly name = "UnreadableKubeconfig";
}

/**
 * The content of a kubeconfig file, or undefined when there is no such file. Throws UnreadableKubeconfig
 * when it cannot be read.
 */
export function readKubeconfig(file: string): string | undefined {
  const at = kubeconfigPath(file);
  try {
    return fs.readFileSync(at, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new UnreadableKubeconfig(`${at} cannot be read (${code})`, { cause: error });
  }
}

/**
 * A kubeconfig that leads nowhere, for previews before there is a real one. `.invalid` never resolves,
 * so nothing can be deployed by mistake and the error of whoever tries names the reason.
 */
export function fakeKubeconfig(context: string, reason: string): string {
  const name = reason;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: `https://${reason}.invalid:443` } }],
    users: [{ name, user: {} }],
    contexts: [{ name: context, context: { cluster: name, user: name } }],
    "current-context": context,
  });
}
