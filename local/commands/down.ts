import { controlPlaneStatus, stateLayout, stopControlPlane } from "../control-plane/index.ts";
import { engine, type Engine } from "../engine/index.ts";
import { InterruptedError, LocalError } from "../local-error.ts";
import { readLocalStack } from "../local-stack.ts";
import { provideTools, UP_TOOLS } from "../tools/index.ts";
import { heedInterrupt } from "./interruption.ts";
import type { CommandOptions } from "./options.ts";

export interface DownOptions extends CommandOptions {
  /** Leave the control plane running. */
  readonly keepCluster: boolean;
  /** Throw everything away without asking the engine to destroy it first. */
  readonly force: boolean;
}

const INTERRUPTED = "Interrupted. Run make down again to go on from here.";

async function destroy(pulumi: Engine): Promise<void> {
  const result = await pulumi.destroy();
  if (result.interrupted) throw new InterruptedError(INTERRUPTED);
  if (result.exitCode !== 0) {
    throw new LocalError(
      "Not everything could be destroyed; the engine's messages above say what. The control plane still " +
        "runs, so that you can look. make down FORCE=1 throws it away as it is.",
    );
  }
}

/** Destroys the stack in a cluster that somebody else runs. */
async function downElsewhere(pulumi: Engine, stack: string, signal: AbortSignal): Promise<void> {
  if (!pulumi.hasStack()) {
    console.log(`Stack ${stack} is not up.`);
    return;
  }
  await destroy(pulumi);
  heedInterrupt(signal, INTERRUPTED);
  await pulumi.removeStack();
  console.log(`Stack ${stack} is down.`);
}

/** Takes a stack down, however far it came up, and stops what was started for it. */
export async function down(options: DownOptions, signal: AbortSignal): Promise<void> {
  const { stateDir, stack, plugins, keepCluster, force } = options;
  const { usesControlPlane } = readLocalStack(stack);
  const { kubeconfig } = stateLayout(stateDir);
  const status = await controlPlaneStatus(stateDir);
  const pulumi = await engine({
    stateDir,
    stack,
    plugins,
    tools: await provideTools({ names: UP_TOOLS, signal }),
    show: true,
    ...(usesControlPlane ? { kubeconfig } : {}),
  });
  heedInterrupt(signal, INTERRUPTED);
  if (!usesControlPlane) {
    await downElsewhere(pulumi, stack, signal);
    return;
  }
  if (status.is === "absent" && !status.hasData && !pulumi.hasStack()) {
    console.log("Nothing is up.");
    return;
  }
  if (pulumi.hasStack()) {
    if (status.is === "running" && !force) await destroy(pulumi);
    else {
      const why = force ? "As asked, nothing is destroyed first" : "The control plane has ended";
      console.log(`${why}: all that stack ${stack} had in its cluster is gone with the cluster.`);
    }
    heedInterrupt(signal, INTERRUPTED);
    await pulumi.removeStack();
  }
  heedInterrupt(signal, INTERRUPTED);
  if (keepCluster && status.is === "running") {
    console.log(`Stack ${stack} is down. The control plane still runs at ${status.record.server}.`);
    return;
  }
  await stopControlPlane(stateDir);
  console.log(`Stack ${stack} is down, and nothing that make up started is running any more.`);
}
