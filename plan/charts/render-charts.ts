import path from "node:path";
import {
  startControlPlane,
  stopControlPlane,
  type ControlPlane,
} from "../../local/control-plane/index.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { provideTools, toolFolder } from "../../local/tools/index.ts";
import { toolNamed, UP_TOOLS } from "../../local/tools/tool-table.ts";
import { describeRelease, type HelmRelease } from "../model/kubernetes-object.ts";
import { allDefinitions, servedBy, serveDefinitions } from "./definitions.ts";
import { renderRelease, type Renderable, type RenderedObject } from "./render-release.ts";
import { scoreFiles } from "./score-files.ts";
import { StrictJudge } from "./strict-judge.ts";

export interface RenderChartsOptions {
  /** The folder with a folder for each chart. */
  readonly charts: string;
  /** Where everything is written, and where the API server keeps its data. */
  readonly output: string;
  readonly write: (line: string) => void;
  /** Aborts between two steps; the API server is stopped first. */
  readonly signal?: AbortSignal;
}

/** What came of rendering releases. */
export interface RenderedCharts {
  readonly objects: number;
  /** What helm cannot render and what the API server would refuse, with release, file, kind and name. */
  readonly problems: readonly string[];
  /** What kube-score finds critical. Charts are others' work, so it refuses nothing. */
  readonly advice: readonly string[];
}

interface Rendered {
  readonly release: Renderable;
  readonly folder: string;
  readonly objects: readonly RenderedObject[];
}

/** Renders releases with helm, and has an API server and kube-score judge what comes of them. */
export async function renderCharts(
  releases: readonly Renderable[],
  { charts, output, write, signal }: RenderChartsOptions,
): Promise<RenderedCharts> {
  const tools = await provideTools({ names: [...UP_TOOLS, "helm", "kube-score"], write });
  const definitions = allDefinitions(toolFolder().crds);
  const kinds = definitions.flatMap(servedBy);
  const apiVersions = kinds.flatMap(({ apiVersion, kind }) => [
    apiVersion,
    `${apiVersion}/${kind}`,
  ]);
  const problems: string[] = [];
  const rendered: Rendered[] = [];
  for (const [index, release] of releases.entries()) {
    signal?.throwIfAborted();
    const folder = path.join(output, `${index + 1}-${release.namespace}-${release.name}`);
    const options = {
      helm: tools.helm,
      charts,
      output: folder,
      apiVersions: [...new Set(apiVersions)],
    };
    try {
      const kubeVersion = toolNamed("kube-apiserver").version;
      const objects = await renderRelease(release, { ...options, kubeVersion });
      rendered.push({ release, folder, objects });
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  const stateDir = path.join(output, "control-plane");
  const plane = await startControlPlane({
    stateDir,
    nodePools: [],
    tools,
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    problems.push(...(await refusals(rendered, definitions, plane)));
    signal?.throwIfAborted();
  } finally {
    await stopControlPlane(stateDir);
  }
  return {
    objects: rendered.reduce((sum, { objects }) => sum + objects.length, 0),
    problems: [...new Set(problems)],
    advice: [...new Set(await allAdvice(rendered, tools["kube-score"]))],
  };
}

/** What the API server refuses, once it has the definitions at hand and those of the charts themselves. */
async function refusals(
  rendered: readonly Rendered[],
  definitions: readonly Manifest[],
  { kubeconfig }: ControlPlane,
): Promise<string[]> {
  const objects = rendered.flatMap((one) => one.objects.map(({ object }) => object));
  const own = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  const namespaces = new Set(rendered.map(({ release }) => release.namespace));
  const judge = new StrictJudge(kubeconfig);
  try {
    await serveDefinitions(judge, [...own, ...definitions]);
    await judge.createAll(
      [...namespaces].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    );
  } finally {
    judge.close();
  }
  const found: string[] = [];
  for (const { release, objects: ofRelease } of rendered) {
    const inNamespace = new StrictJudge(kubeconfig, release.namespace);
    const answers = await Promise.all(
      ofRelease.map(async ({ file, object }) => {
        const refusal = await inNamespace.refusal(object);
        return refusal === undefined ? [] : [`${describe(release)}: ${file}: ${refusal}`];
      }),
    );
    inNamespace.close();
    found.push(...answers.flat());
  }
  return found;
}

async function allAdvice(rendered: readonly Rendered[], kubeScore: string): Promise<string[]> {
  const advice: string[] = [];
  for (const { release, folder } of rendered) {
    const findings = await scoreFiles(kubeScore, path.join(folder, "rendered"));
    advice.push(...findings.map((finding) => `${describe(release)}: ${finding}`));
  }
  return advice;
}

const describe = (release: Renderable) => describeRelease(release as HelmRelease);
