import fs from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { parseAllDocuments, stringify } from "yaml";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { describeRelease, type HelmRelease } from "../model/kubernetes-object.ts";

/** What of a release is rendered. */
export type Renderable = Pick<HelmRelease, "namespace" | "name" | "chart" | "values">;

/** An object that a chart makes, and the file of the chart that it comes from. */
export interface RenderedObject {
  readonly file: string;
  readonly object: Manifest;
}

export interface RenderOptions {
  /** The program helm. */
  readonly helm: string;
  /** The folder with a folder for each chart. */
  readonly charts: string;
  /** The folder that the files are written to, in the place of what it held. */
  readonly output: string;
  readonly kubeVersion: string;
  /** Kinds that charts may find served, as `monitoring.coreos.com/v1/ServiceMonitor`. */
  readonly apiVersions: readonly string[];
}

/** Renders a release with helm. Throws with what helm says of a chart that it cannot render. */
export async function renderRelease(
  release: Renderable,
  options: RenderOptions,
): Promise<RenderedObject[]> {
  const { helm, charts, output, kubeVersion, apiVersions } = options;
  fs.rmSync(output, { recursive: true, force: true });
  fs.mkdirSync(output, { recursive: true });
  const values = path.join(output, "values.yaml");
  fs.writeFileSync(values, stringify(release.values));
  const folder = path.join(output, "rendered");
  const { exitCode, stderr } = await execa(
    helm,
    [
      ...["template", release.name, path.join(charts, release.chart)],
      ...["--namespace", release.namespace, "--values", values, "--output-dir", folder],
      ...["--include-crds", "--skip-tests", "--kube-version", kubeVersion],
      ...apiVersions.flatMap((version) => ["--api-versions", version]),
    ],
    { reject: false },
  );
  if (exitCode !== 0) {
    // After a blank line comes how to debug helm.
    const [reason = ""] = stderr.split("\n\n");
    throw new Error(`${describeRelease(release as HelmRelease)}: ${reason}`);
  }
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ya?ml$/.test(file))
    .toSorted()
    .flatMap((file) =>
      parseAllDocuments(fs.readFileSync(path.join(folder, file), "utf8"))
        .map((document) => document.toJS() as Manifest | null)
        .filter((object) => object !== null)
        .map((object) => ({ file, object })),
    );
}
