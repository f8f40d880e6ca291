import fs from "node:fs";
import path from "node:path";
import getPort from "get-port";
import { InterruptedError, LocalError } from "../local-error.ts";
import { shown } from "../repository.ts";
import {
  clusterApi,
  countNodes,
  createMissing,
  hasDefaultServiceAccount,
  provideNodes,
} from "./cluster-api.ts";
import type { ClusterSetup } from "./cluster-setup.ts";
import { writeRecord, type ControlPlaneRecord } from "./control-plane-record.ts";
import { credentialFiles, provideCredentials, writeKubeconfigs } from "./credentials.ts";
import { answersOk } from "./health.ts";
import {
  actingParts,
  apiParts,
  serverUrl,
  stagesFile,
  type ControlPlaneTools,
  type Part,
  type Ports,
} from "./parts.ts";
import { stagesText } from "./stages.ts";
import { logTail, partFailed, startProcess, type Started } from "./start-process.ts";
import type { StateLayout } from "./state-layout.ts";
import { stopProcesses } from "./stop-processes.ts";
import { waitUntil } from "./wait-until.ts";

/** How long everything may take to get ready, in seconds. It takes 3 on 2 idle cores. */
export const START_SECONDS = 90;
const LOGS_KEPT = 5;

async function freePorts(apiServer?: number): Promise<Ports> {
  const host = "127.0.0.1";
  return {
    etcd: await getPort({ host }),
    etcdPeer: await getPort({ host }),
    apiServer: apiServer ?? (await getPort({ host })),
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

/** Gives a running cluster its objects and nodes, and waits until it works. */
async function furnish(start: Start, setup: ClusterSetup, kubeconfig: string): Promise<void> {
  const api = clusterApi(kubeconfig);
  await createMissing(api, setup.objects);
  await provideNodes(api, setup.nodes);
  await start.until("a ready node", async () => {
    const { nodes, ready } = await countNodes(api);
    return nodes === ready;
  });
  await start.until("the default ServiceAccount", () => hasDefaultServiceAccount(api));
}

/** Starts everything and returns when it works; after a failure, nothing is left running. */
export async function bringUp(
  layout: StateLayout,
  setup: ClusterSetup,
  tools: ControlPlaneTools,
  signal?: AbortSignal,
): Promise<ControlPlaneRecord> {
  const ports = await freePorts(setup.apiServerPort);
  provideCredentials(layout);
  fs.writeFileSync(stagesFile(layout), stagesText(setup.stages));
  const companions = await setup.companions?.(layout);
  const start = new Start(layout, serverUrl(ports), signal);
  try {
    const api = apiParts(layout, ports, tools, companions?.apiServerArguments);
    await start.launch(api);
    await start.untilHealthy(api);
    writeKubeconfigs(layout, serverUrl(ports));
    const acting = [...actingParts(layout, ports, tools), ...(companions?.parts ?? [])];
    await start.launch(acting);
    await start.untilHealthy(acting);
    await furnish(start, setup, layout.kubeconfig);
    return start.finish();
  } catch (error) {
    await start.undo();
    if (signal?.aborted === true) {
      throw new InterruptedError(
        "Stopped while the control plane was starting; nothing is left running.",
      );
    }
    // Another try would find the port of a cluster that has to have this one taken as well.
    if (!start.portWasTaken || setup.apiServerPort !== undefined) throw error;
    return bringUp(layout, setup, tools, signal);
  }
}
