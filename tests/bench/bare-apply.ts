import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { toolFolder } from "../../local/tools/index.ts";
import { strictApi } from "../support/strict-api.ts";

const AT_ONCE = 32;

function readAll(folder: string): Manifest[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => parse(fs.readFileSync(path.join(folder, file), "utf8")) as Manifest);
}

/** Applies a plan's objects with nothing but requests, definitions first, and takes the time. */
export async function applyBare(
  kubeconfig: string,
  manifests: string,
): Promise<{ readonly seconds: number; readonly objects: number }> {
  const api = strictApi(kubeconfig);
  for (const chart of ["cert-manager", "prometheus-operator-crds"]) {
    await api.createAll(readAll(path.join(toolFolder().crds, chart)));
  }
  await api.untilServed("monitoring.coreos.com/v1", "ServiceMonitor");
  await api.untilServed("cert-manager.io/v1", "ClusterIssuer");

  const objects = readAll(manifests);
  const namespaces = objects.filter(({ kind }) => kind === "Namespace");
  const others = objects.filter(({ kind }) => kind !== "Namespace");
  const start = performance.now();
  await api.applyAll(namespaces, AT_ONCE);
  await api.applyAll(others, AT_ONCE);
  return { seconds: (performance.now() - start) / 1000, objects: objects.length };
}
