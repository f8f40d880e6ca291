import path from "node:path";
import { pathToFileURL } from "node:url";
import { REPOSITORY } from "../repository.ts";
import type { ToolPaths } from "../tools/index.ts";
import type { EngineFolder, Plugins } from "./engine-folder.ts";

/** Folders in which the engine looks for programs, first to last. */
export function enginePath(
  tools: Pick<ToolPaths, "pulumi" | "pulumi-language-nodejs">,
  machinePath: string,
  withCloud = false,
): string {
  const folders = [
    // Programs that sign in to a cloud: those of the machine would lead to an account of theirs.
    ...(withCloud ? [path.join(REPOSITORY, "local/cloud/bin")] : []),
    // Node 24 comes from there, whatever the machine has.
    path.join(REPOSITORY, "node_modules/.bin"),
    path.dirname(tools["pulumi-language-nodejs"]),
    path.dirname(tools.pulumi),
    ...machinePath.split(path.delimiter).filter((folder) => folder !== ""),
  ];
  return [...new Set(folders)].join(path.delimiter);
}

/** Nothing is downloaded, and no plugin on PATH takes the place of a stand-in. */
const ONLY_STAND_INS = {
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
} as const;

const FOREIGN = /^(PULUMI_|SLIPWAY_KUBECONFIG$|SLIPWAY_CLOUD$|KUBECONFIG$)/;
/** What a person sets for one run about a cluster that is gone; it leads nowhere. */
const SWITCHES = new Set(["PULUMI_K8S_DELETE_UNREACHABLE", "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE"]);

export interface EnvironmentOptions {
  readonly folder: EngineFolder;
  readonly tools: ToolPaths;
  readonly plugins: Plugins;
  /** The kubeconfig that takes the place of the stack's `kubeconfigFile`. */
  readonly kubeconfig?: string;
  /** The folder with what exists in the clouds that the stand-ins for them keep. */
  readonly cloud?: string;
  /**
   * Whether the state is saved after every step. Without, it is saved at the end only: several times
   * quicker, and a run that is killed leaves objects that nobody knows of.
   */
  readonly checkpoints: boolean;
}

/**
 * The environment of the engine: the caller's, without anything that would lead Pulumi or a Kubernetes
 * client to an account or a cluster of theirs.
 */
export function engineEnvironment(
  options: EnvironmentOptions,
  callers: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const { folder, tools, plugins, kubeconfig, cloud, checkpoints } = options;
  const kept = Object.entries(callers).filter(
    ([name, value]) => value !== undefined && (SWITCHES.has(name) || !FOREIGN.test(name)),
  ) as [string, string][];
  return {
    ...Object.fromEntries(kept),
    PATH: enginePath(tools, callers["PATH"] ?? "", cloud !== undefined),
    PULUMI_HOME: folder.home,
    PULUMI_BACKEND_URL: pathToFileURL(folder.backend).href,
    PULUMI_CONFIG_PASSPHRASE_FILE: folder.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Shows the option that writes events to a file.
    PULUMI_DEBUG_COMMANDS: "true",
    ...(plugins === "real" ? {} : ONLY_STAND_INS),
    ...(checkpoints ? {} : { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" }),
    ...(kubeconfig === undefined ? {} : { SLIPWAY_KUBECONFIG: kubeconfig }),
    ...(cloud === undefined ? {} : { SLIPWAY_CLOUD: cloud }),
  };
}
