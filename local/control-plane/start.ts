import fs from "node:fs";
import type { NodePool } from "../../components/core/cluster-handle.ts";
import { InterruptedError, LocalError } from "../local-error.ts";
import { shown } from "../repository.ts";
import { provideTools, toolNamed, UP_TOOLS, type ToolPaths } from "../tools/index.ts";
import { bringUp, START_SECONDS } from "./bring-up.ts";
import { clusterApi, countNodes, provideNodes } from "./cluster-api.ts";
import { nodeObjects, storageClassObjects } from "./cluster-objects.ts";
import type { ClusterSetup } from "./cluster-setup.ts";
import { conditionOf, readRecord, type ControlPlaneRecord } from "./control-plane-record.ts";
import { withLock } from "./lock.ts";
import type { ControlPlaneTools } from "./parts.ts";
import { stages } from "./stages.ts";
import { stateLayout, type StateLayout } from "./state-layout.ts";
import { stopProcesses } from "./stop-processes.ts";
import { waitUntil } from "./wait-until.ts";

const KUBELET_VERSION = `v${toolNamed("kube-apiserver").version}`;

export interface ControlPlaneOptions {
  /** The folder for everything that belongs to this control plane. */
  readonly stateDir: string;
  /** The nodes that the cluster has. */
  readonly nodePools: readonly NodePool[];
  readonly tools?: ToolPaths;
  /** Aborts the start; what was started by then is stopped again. */
  readonly signal?: AbortSignal;
}

/** A control plane that runs. */
export interface ControlPlane {
  readonly stateDir: string;
  readonly server: string;
  /** File with the administrator's access, context `slipway-local`. */
  readonly kubeconfig: string;
  readonly logs: string;
}

function controlPlane(layout: StateLayout, record: ControlPlaneRecord): ControlPlane {
  const { server, logs } = record;
  return { stateDir: layout.root, server, kubeconfig: layout.kubeconfig, logs };
}

/**
 * Starts a control plane and returns when it works. Data that an earlier one left in the folder is taken
 * up again, so that a cluster survives a restart of the machine.
 * Throws when one runs there already.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const tools = options.tools ?? (await provideTools({ names: UP_TOOLS }));
  const setup = {
    stages: stages(),
    objects: storageClassObjects(),
    nodes: nodeObjects(options.nodePools, KUBELET_VERSION),
  };
  return startCluster(options.stateDir, setup, tools, options.signal);
}

/** The same for a cluster of any setup. */
export async function startCluster(
  stateDir: string,
  setup: ClusterSetup,
  tools: ControlPlaneTools,
  signal?: AbortSignal,
): Promise<ControlPlane> {
  const layout = stateLayout(stateDir);
  return withLock(layout.lock, "starting the control plane", async () => {
    const condition = conditionOf(readRecord(layout));
    if (condition.is === "running") {
      throw new LocalError(
        `A control plane runs already in ${shown(layout.root)} (${condition.record.server}). ` +
          "Stop it with make down, or name another folder with --state-dir.",
      );
    }
    if (condition.is === "broken") await stopProcesses(condition.alive);
    fs.rmSync(layout.record, { force: true });
    return controlPlane(layout, await bringUp(layout, setup, tools, signal));
  });
}

/** Gives a cluster that runs already the nodes that the stack asks for now, and waits for them. */
async function refurnish(options: ControlPlaneOptions, layout: StateLayout): Promise<void> {
  const { nodePools, signal } = options;
  const api = clusterApi(layout.kubeconfig);
  try {
    signal?.throwIfAborted();
    await provideNodes(api, nodeObjects(nodePools, KUBELET_VERSION));
    await waitUntil(
      async () => {
        const { nodes, ready } = await countNodes(api);
        return nodes === ready ? true : undefined;
      },
      () =>
        new LocalError(
          `Not every node got ready within ${START_SECONDS} s. make status says what runs and where its logs are.`,
        ),
      { seconds: START_SECONDS, signal },
    );
    signal?.throwIfAborted();
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw new InterruptedError(
      "Interrupted. The control plane still runs: make up goes on from here, make down stops it.",
    );
  }
}

/** Starts a control plane, or gives the one that runs the nodes that the stack asks for now. */
export async function ensureControlPlane(
  options: ControlPlaneOptions,
): Promise<ControlPlane & { readonly wasRunning: boolean }> {
  const layout = stateLayout(options.stateDir);
  const condition = conditionOf(readRecord(layout));
  if (condition.is !== "running")
    return { ...(await startControlPlane(options)), wasRunning: false };
  await refurnish(options, layout);
  return { ...controlPlane(layout, condition.record), wasRunning: true };
}
