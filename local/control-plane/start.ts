import fs from "node:fs";
import path from "node:path";
import getPort from "get-port";
import type { NodePool } from "../../components/core/cluster-handle.ts";
import { InterruptedError, LocalError } from "../local-error.ts";
import { shown } from "../repository.ts";
import { provideTools, toolNamed, UP_TOOLS, type ToolPaths } from "../tools/index.ts";
import {
  clusterApi,
  countNodes,
  createMissing,
  hasDefaultServiceAccount,
  provideNodes,
} from "./cluster-api.ts";
import { nodeObjects, storageClassObjects } from "./cluster-objects.ts";
import {
  conditionOf,
  readRecord,
  writeRecord,
  type ControlPlaneRecord,
} from "./control-plane-record.ts";
import { credentialFiles, provideCredentials, writeKubeconfigs } from "./credentials.ts";
import { answersOk } from "./health.ts";
import { withLock } from "./lock.ts";
import { actingParts, apiParts, serverUrl, stagesFile, type Part, type Ports } from "./parts.ts";
import { stagesText } from "./stages.ts";
import { logTail, partFailed, startProcess, type Started } from "./start-process.ts";
import { stateLayout, type StateLayout } from "./state-layout.ts";
import { stopProcesses } from "./stop-processes.ts";
import { waitUntil } from "./wait-until.ts";

/** How long everything may take to get ready, in seconds. It takes 3 on 2 idle cores. */
const START_SECONDS = 90;
const LOGS_KEPT = 5;
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

async function freePorts(): Promise<Ports> {
  const host = "127.0.0.1";
  return {
    etcd: await getPort({ host }),
    etcdPeer: await getPort({ host }),
    apiServer: await getPort({ host }),
    controllerManager: await getPort({ host }),
    scheduler: await getPort({ host }),
  };
}

/** A new folder for logs; only the latest few are kept. */
function newLogs(layout: StateLayout): string {
  const name = new Date().toISOString().replace(/[:.]/g, "-");
  const folder = path.join(layout.logs, name);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const old = fs.readdirSync(layout.logs).sort().slice(0, -LOGS_KEPT);
  for (const one of old) fs.rmSync(path.join(layout.logs, one), { recursive: true, force: true });
  return folder;
}

class Start {
  readonly #layout: StateLayout;
  readonly #signal: AbortSignal | undefined;
  readonly #started: Started[] = [];
  #record: ControlPlaneRecord;

  constructor(layout: StateLayout, server: string, signal: AbortSignal | undefined) {
    this.#layout = layout;
    this.#signal = signal;
    this.#record = { phase: "starting", server, logs: newLogs(layout), processes: [] };
  }

  async launch(parts: readonly Part[]): Promise<void> {
    for (const part of parts) {
      this.#signal?.throwIfAborted();
      const started = await startProcess(part, this.#record.logs);
      this.#started.push(started);
      const processes = [...this.#record.processes, started.process];
      this.#record = { ...this.#record, processes };
      writeRecord(this.#layout, this.#record);
    }
  }

  /** Waits for an answer, and gives up as soon as any part has ended. */
  async until(what: string, ask: () => Promise<boolean>): Promise<void> {
    await waitUntil(
      async () => {
        for (const { part, ended, logFile } of this.#started) {
          const end = ended();
          if (end !== undefined) throw partFailed(part.name, end, logFile);
        }
        return (await ask()) ? true : undefined;
      },
      () => this.#tooLong(what),
      { seconds: START_SECONDS, signal: this.#signal },
    );
  }

  async untilHealthy(parts: readonly Part[]): Promise<void> {
    const { authority } = credentialFiles(this.#layout);
    for (const { name, health } of parts) {
      if (health !== undefined) await this.until(name, () => answersOk(health, authority));
    }
  }

  #tooLong(what: string): LocalError {
    const tails = this.#started.flatMap(({ logFile }) => [
      `The end of ${shown(logFile)}:`,
      ...logTail(logFile, 5).map((line) => `  ${line}`),
    ]);
    const head = `The control plane did not get ready within ${START_SECONDS} s: ${what} is not there.`;
    return new LocalError([head, ...tails].join("\n"));
  }

  finish(): ControlPlaneRecord {
    this.#record = { ...this.#record, phase: "running" };
    writeRecord(this.#layout, this.#record);
    return this.#record;
  }

  async undo(): Promise<void> {
    await stopProcesses(this.#record.processes);
    fs.rmSync(this.#layout.record, { force: true });
  }

  /** Whether a port was taken by somebody else between looking for it and using it. */
  get portWasTaken(): boolean {
    return this.#started.some(({ logFile }) =>
      logTail(logFile).some((line) => line.includes("address already in use")),
    );
  }
}

/** Gives a running cluster the nodes and storage classes of the stack, and waits until it works. */
async function furnish(
  start: Start,
  options: ControlPlaneOptions,
  kubeconfig: string,
): Promise<void> {
  const api = clusterApi(kubeconfig);
  await createMissing(api, storageClassObjects());
  await provideNodes(api, nodeObjects(options.nodePools, KUBELET_VERSION));
  await start.until("a ready node", async () => {
    const { nodes, ready } = await countNodes(api);
    return nodes === ready;
  });
  await start.until("the default ServiceAccount", () => hasDefaultServiceAccount(api));
}

async function startOnce(
  options: ControlPlaneOptions,
  tools: ToolPaths,
): Promise<ControlPlaneRecord> {
  const layout = stateLayout(options.stateDir);
  const ports = await freePorts();
  provideCredentials(layout);
  fs.writeFileSync(stagesFile(layout), stagesText());
  const start = new Start(layout, serverUrl(ports), options.signal);
  try {
    const api = apiParts(layout, ports, tools);
    await start.launch(api);
    await start.untilHealthy(api);
    writeKubeconfigs(layout, serverUrl(ports));
    const acting = actingParts(layout, ports, tools);
    await start.launch(acting);
    await start.untilHealthy(acting);
    await furnish(start, options, layout.kubeconfig);
    return start.finish();
  } catch (error) {
    await start.undo();
    if (options.signal?.aborted === true) {
      throw new InterruptedError(
        "Stopped while the control plane was starting; nothing is left running.",
      );
    }
    if (!start.portWasTaken) throw error;
    return startOnce(options, tools);
  }
}

/**
 * Starts a control plane and returns when it works. Data that an earlier one left in the folder is taken
 * up again, so that a cluster survives a restart of the machine.
 * Throws when one runs there already.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const layout = stateLayout(options.stateDir);
  const tools = options.tools ?? (await provideTools({ names: UP_TOOLS }));
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
    return controlPlane(layout, await startOnce(options, tools));
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
