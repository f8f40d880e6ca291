import { clusterApi, controlPlaneStatus, countNodes, stateLayout } from "../control-plane/index.ts";
import { stackResources } from "../engine/stack-resources.ts";
import { EXIT } from "../local-error.ts";
import { shown } from "../repository.ts";
import type { CommandOptions } from "./options.ts";

/** Says what runs. Returns the exit code: 0 when the control plane runs and answers, 3 when not. */
export async function status(options: CommandOptions): Promise<number> {
  const layout = stateLayout(options.stateDir);
  const now = await controlPlaneStatus(options.stateDir);
  const resources = stackResources(options);
  const stackLine =
    resources === undefined
      ? `Stack ${options.stack}: not up`
      : `Stack ${options.stack}: ${resources} resources recorded`;
  if (now.is === "absent") {
    console.log(["Control plane: not running", stackLine].join("\n"));
    return EXIT.notRunning;
  }
  if (now.is === "broken") {
    const dead = now.dead.map(({ name }) => name).join(", ");
    const what = dead === "" ? "its start was killed before it was ready" : `ended: ${dead}`;
    console.log(
      [
        `Control plane: broken (${what}). make up mends it, make down removes it.`,
        `Logs: ${shown(now.record.logs)}`,
        stackLine,
      ].join("\n"),
    );
    return EXIT.notRunning;
  }
  const { server, processes, logs } = now.record;
  const nodes = now.answers ? await countNodes(clusterApi(layout.kubeconfig)) : undefined;
  const answers =
    nodes === undefined ? "does not answer" : `${nodes.ready} of ${nodes.nodes} nodes ready`;
  console.log(
    [
      `Control plane: running at ${server}, ${answers}`,
      `Processes: ${processes.map(({ name, pid }) => `${name} (${pid})`).join(", ")}`,
      stackLine,
      `Look inside: KUBECONFIG=${shown(layout.kubeconfig)} kubectl get pods -A`,
      `Logs: ${shown(logs)}`,
    ].join("\n"),
  );
  return now.answers ? EXIT.ok : EXIT.notRunning;
}
