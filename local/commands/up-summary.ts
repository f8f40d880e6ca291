import fs from "node:fs";
import path from "node:path";
import { shown } from "../repository.ts";

/** Every text below a value, with the keys that lead there: `kaizenStudio.frontend`. */
function leaves(value: unknown, at: readonly string[] = []): [string, string][] {
  if (typeof value === "string") return [[at.join("."), value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => leaves(below, [...at, key]));
}

/** Whether a program of that name is on PATH. */
export function isOnPath(program: string, searchPath = process.env["PATH"] ?? ""): boolean {
  return searchPath
    .split(path.delimiter)
    .some((folder) => fs.existsSync(path.join(folder, program)));
}

export interface UpSummary {
  readonly stack: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Absent when the cluster is somebody else's. */
  readonly kubeconfig?: string;
  readonly seconds: number;
  readonly hasKubectl: boolean;
}

/** What a person wants to know when the stack is up. */
export function upSummary(summary: UpSummary): string {
  const { stack, outputs, kubeconfig, seconds, hasKubectl } = summary;
  const namespaces = leaves(outputs["namespaces"]).map(([, name]) => name);
  const endpoints = leaves(outputs["endpoints"]).map(([name, at]) => `  ${name.padEnd(28)} ${at}`);
  const look = `KUBECONFIG=${shown(kubeconfig ?? "")} kubectl get pods -A`;
  const forPlugins = kubeconfig === undefined ? " PLUGINS=real" : "";
  const forStack = (stack === "local" ? "" : ` STACK=${stack}`) + forPlugins;
  return [
    "",
    `Stack ${stack} is up after ${seconds.toFixed(0)} s.`,
    ...(namespaces.length === 0 ? [] : [`Namespaces: ${namespaces.join(", ")}`]),
    ...(endpoints.length === 0 ? [] : ["Endpoints:", ...endpoints]),
    ...(kubeconfig === undefined
      ? []
      : [
          `Look inside:  ${look}`,
          ...(hasKubectl ? [] : ["              (kubectl is not on PATH; any 1.35 to 1.37 does)"]),
          "Its nodes are simulated: pods become Ready whatever is in them, no container runs and no",
          "endpoint answers. docs/local.md says what this can show and what it cannot.",
        ]),
    `See a change: edit Pulumi.${stack}.yaml, then make up${forStack} again`,
    `Take it down: make down${forStack}`,
  ].join("\n");
}
