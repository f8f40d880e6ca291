import { clusterFacts } from "../../components/clusters/cluster-facts.ts";
import { controlPlaneStatus, ensureControlPlane, stateLayout } from "../control-plane/index.ts";
import { engine, type Engine } from "../engine/index.ts";
import { InterruptedError, LocalError } from "../local-error.ts";
import { readLocalStack, type LocalStack } from "../local-stack.ts";
import { shown } from "../repository.ts";
import { provideTools, UP_TOOLS } from "../tools/index.ts";
import { heedInterrupt } from "./interruption.ts";
import type { CommandOptions } from "./options.ts";
import { refuseStandIns } from "./their-cluster.ts";
import { isOnPath, upSummary } from "./up-summary.ts";

const INTERRUPTED =
  "Interrupted. What was done so far is recorded: make up goes on from here, make down removes it.";

/** Starts the control plane, or makes the one that runs fit the stack. */
async function bringCluster(
  { stateDir, stack }: CommandOptions,
  { settings }: LocalStack,
  pulumi: Engine,
  signal: AbortSignal,
): Promise<void> {
  const before = await controlPlaneStatus(stateDir);
  if (!before.hasData && pulumi.hasStack()) {
    console.log(`The cluster of an earlier run is gone; stack ${stack} begins anew.`);
    await pulumi.removeStack();
  }
  heedInterrupt(signal, INTERRUPTED);
  const start = performance.now();
  const { nodePools } = clusterFacts(settings.cluster);
  const running = await ensureControlPlane({ stateDir, nodePools, signal });
  const nodes = nodePools.reduce((sum, pool) => sum + pool.maxNodes, 0);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (before.is !== "running" && before.hasData) {
    console.log("The control plane had ended; it is started again with the data that it left.");
  }
  console.log(
    running.wasRunning
      ? `The control plane runs already at ${running.server}.`
      : `The control plane is ready at ${running.server} with ${nodes} simulated nodes after ${seconds} s.`,
  );
}

/** Brings a stack up. Throws when it does not come up whole. */
export async function up(options: CommandOptions, signal: AbortSignal): Promise<void> {
  const { stateDir, stack, plugins } = options;
  const start = performance.now();
  const local = readLocalStack(stack);
  refuseStandIns("up", options, local.usesControlPlane);
  const tools = await provideTools({ names: UP_TOOLS, signal });
  heedInterrupt(signal, INTERRUPTED);
  const { kubeconfig } = stateLayout(stateDir);
  const pulumi = await engine({
    stateDir,
    stack,
    plugins,
    tools,
    show: true,
    ...(local.usesControlPlane ? { kubeconfig } : {}),
  });
  if (local.usesControlPlane) await bringCluster(options, local, pulumi, signal);
  heedInterrupt(signal, INTERRUPTED);

  const result = await pulumi.up();
  if (result.interrupted) throw new InterruptedError(INTERRUPTED);
  if (result.exitCode !== 0) {
    throw new LocalError(
      "The update failed; the engine's messages above say at which resource. What was done so far is " +
        `recorded: mend it and run make up again, or take it down with make down. Logs: ${shown(stateLayout(stateDir).logs)}`,
    );
  }
  console.log(
    upSummary({
      stack,
      outputs: await pulumi.outputs(),
      ...(local.usesControlPlane ? { kubeconfig } : {}),
      seconds: (performance.now() - start) / 1000,
      hasKubectl: isOnPath("kubectl"),
    }),
  );
}
