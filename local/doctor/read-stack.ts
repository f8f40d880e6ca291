import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { checkStack } from "../../config/check-stack.ts";
import { ConfigError, refuseProblems } from "../../config/config-error.ts";
import { readStackFile, stackNames } from "../../config/stack-file.ts";
import { exampleClusters, stackFolder } from "../../config/stack-folder.ts";
import { EXIT, LocalError } from "../local-error.ts";
import { isOurKubeconfig } from "../local-stack.ts";
import type { StackFacts } from "./stack-facts.ts";

/** The keys of a stack file that say what encrypts secrets; none of them is one. */
interface Encryption {
  readonly secretsprovider?: unknown;
  readonly encryptionsalt?: unknown;
}

function encryption(file: string): Pick<StackFacts, "secretsProvider" | "usesPassphrase"> {
  const content = parse(fs.readFileSync(file, "utf8")) as Encryption;
  const { secretsprovider, encryptionsalt } = content;
  return {
    ...(typeof secretsprovider === "string" ? { secretsProvider: secretsprovider } : {}),
    usesPassphrase: encryptionsalt !== undefined || secretsprovider === "passphrase",
  };
}

/** Whoever names a stack or a cloud that is not there used the command wrongly. */
function isMisuse(stack: string, cluster: string | undefined): boolean {
  if (cluster !== undefined && !exampleClusters().includes(cluster)) return true;
  return !stackNames(stackFolder(cluster)).includes(stack);
}

/**
 * What a stack file says, checked as a whole. Throws LocalError with every problem of it: nothing can be
 * asked for a stack that nobody understands.
 */
export function readStack(
  stack: string,
  cluster: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): StackFacts {
  try {
    const folder = stackFolder(cluster);
    const source = readStackFile(stack, folder);
    const { config, problems, placeholders, concessions } = checkStack(source);
    refuseProblems(source.file, problems);
    if (config === undefined) throw new Error("A stack without problems has settings.");
    if (
      config.cluster.kind === "existing" &&
      isOurKubeconfig(config.cluster.kubeconfigFile ?? "")
    ) {
      throw new LocalError(
        `Stack ${stack} runs on this machine, and make up brings all that it needs. ` +
          "Name a stack for a cluster elsewhere: make doctor STACK=prod",
        { exitCode: EXIT.usage },
      );
    }
    const { PULUMI_CONFIG_PASSPHRASE: passphrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } = env;
    return {
      stack,
      file: source.file,
      ...(cluster === undefined ? {} : { example: cluster }),
      settings: config,
      placeholders,
      concessions,
      ...encryption(path.join(folder, source.file)),
      hasPassphrase: passphrase !== undefined || file !== undefined,
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const exitCode = isMisuse(stack, cluster) ? EXIT.usage : EXIT.failed;
    throw new LocalError(error.message, { cause: error, exitCode });
  }
}
