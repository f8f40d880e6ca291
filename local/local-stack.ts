import path from "node:path";
import { checkStack } from "../config/check-stack.ts";
import { ConfigError, refuseProblems } from "../config/config-error.ts";
import { kubeconfigPath, readKubeconfig } from "../config/kubeconfig.ts";
import type { StackSettings } from "../config/schema/stack.ts";
import { readStackFile } from "../config/stack-file.ts";
import { LocalError } from "./local-error.ts";
import { DEFAULT_STATE_DIR } from "./repository.ts";

/** What a stack file says about where the stack goes. */
export interface LocalStack {
  readonly settings: StackSettings;
  /** Whether its cluster is the one that is started here, rather than one that somebody else runs. */
  readonly usesControlPlane: boolean;
}

/** Whether `slipway:cluster.kubeconfigFile` names the file that `make up` writes. */
export function isOurKubeconfig(file: string): boolean {
  return kubeconfigPath(file, {}) === path.join(DEFAULT_STATE_DIR, "kubeconfig");
}

/** The work, with every problem of the stack file as an error for people. */
function forPeople<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ConfigError ? new LocalError(error.message, { cause: error }) : error;
  }
}

/** Checks a stack file as a whole, before anything is started. Throws with a list of every problem. */
export function readLocalStack(stack: string): LocalStack {
  return forPeople(() => checkedLocalStack(stack));
}

function checkedLocalStack(stack: string): LocalStack {
  const source = readStackFile(stack);
  const contentOf = (file: string) => (isOurKubeconfig(file) ? "" : readKubeconfig(file));
  const { config, problems } = checkStack(source, contentOf);
  refuseProblems(source.file, problems);
  if (config === undefined) throw new Error("A stack without problems has settings.");
  const { cluster } = config;
  const kubeconfigFile = cluster.kind === "existing" ? cluster.kubeconfigFile : undefined;
  if (kubeconfigFile === undefined) {
    throw new LocalError(
      `${source.file}: slipway:cluster.kubeconfigFile: expected a file for a stack that is brought up from here. ` +
        `This stack is for a cluster of its own: use make plan STACK=${stack} to see it, and pulumi up -s ${stack} to deploy it.`,
    );
  }
  return { settings: config, usesControlPlane: isOurKubeconfig(kubeconfigFile) };
}
