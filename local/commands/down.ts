import { controlPlaneStatus, stateLayout, stopControlPlane } from "../control-plane/index.ts";
import { engine, type Engine } from "../engine/index.ts";
import { otherStacks } from "../engine/stack-resources.ts";
import { InterruptedError, LocalError } from "../local-error.ts";
import { readLocalStack } from "../local-stack.ts";
import { provideTools, UP_TOOLS } from "../tools/index.ts";
import { heedInterrupt } from "./interruption.ts";
import type { CommandOptions } from "./options.ts";
import { refuseStandIns } from "./their-cluster.ts";

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
async function downElsewhere(
  options: DownOptions,
  pulumi: Engine,
  signal: AbortSignal,
): Promise<void> {
  const { stack } = options;
  if (!pulumi.hasStack()) {
    console.log(`Stack ${stack} is not up.`);
    return;
  }
  refuseStandIns("down", options, false);
  await destroy(pulumi);
  heedInterrupt(signal, INTERRUPTED);
  await pulumi.removeStack();
  console.log(`Stack ${stack} is down.`);
}

/** The other stacks that have something in the cluster that is started here. */
function neighbours(options: DownOptions): string[] {
  return otherStacks(options).filter((stack) => {
    try {
      return readLocalStack(stack).usesControlPlane;
    } catch {
      // Its file is gone or wrong by now. What it has is not to be lost for that.
      return true;
    }
  });
}

/** Forgets stacks whose cluster goes away, without destroying anything first. */
async function forget(
  stacks: readonly string[],
  why: string,
  engineOf: (stack: string) => Promise<Engine>,
): Promise<void> {
  for (const stack of stacks) {
    console.log(`${why}: all that stack ${stack} had in its cluster is gone with the cluster.`);
    await (await engineOf(stack)).removeStack();
  }
}

/** Takes a stack down, however far it came up, and stops what was started for it. */
export async function down(options: DownOptions, signal: AbortSignal): Promise<void> {
  const { stateDir, stack, plugins, keepCluster, force } = options;
  const { usesControlPlane } = readLocalStack(stack);
  const { kubeconfig } = stateLayout(stateDir);
  const status = await controlPlaneStatus(stateDir);
  const tools = await provideTools({ names: UP_TOOLS, signal });
  const access = usesControlPlane ? { kubeconfig } : {};
  const engineOf = (name: string) =>
    engine({ stateDir, stack: name, plugins, tools, show: true, ...access });
  const pulumi = await engineOf(stack);
  heedInterrupt(signal, INTERRUPTED);
  if (!usesControlPlane) {
    await downElsewhere(options, pulumi, signal);
    return;
  }
  if (status.is === "absent" && !status.hasData && !pulumi.hasStack()) {
    console.log("Nothing is up.");
    return;
  }
  const stays = status.is === "running" && keepCluster;
  const others = status.hasData && !stays ? neighbours(options) : [];
  const named = others.join(", ");
  const destroys = status.is === "running" && !force;
  if (!destroys && !force && others.length > 0) {
    throw new LocalError(
      `The control plane has ended, and other stacks have resources in it: ${named}. Start it again with make up, ` +
        "or throw everything away with make down FORCE=1.",
    );
  }
  if (destroys && pulumi.hasStack()) {
    await destroy(pulumi);
    heedInterrupt(signal, INTERRUPTED);
    await pulumi.removeStack();
  } else if (!destroys) {
    const why = force ? "As asked, nothing is destroyed first" : "The control plane has ended";
    await forget([...(pulumi.hasStack() ? [stack] : []), ...others], why, engineOf);
  }
  heedInterrupt(signal, INTERRUPTED);
  if (status.is === "running" && (stays || (destroys && others.length > 0))) {
    const why = others.length > 0 ? `, for other stacks have resources in it: ${named}` : "";
    console.log(
      `Stack ${stack} is down. The control plane still runs at ${status.record.server}${why}.`,
    );
    return;
  }
  await stopControlPlane(stateDir);
  console.log(`Stack ${stack} is down, and nothing that make up started is running any more.`);
}
