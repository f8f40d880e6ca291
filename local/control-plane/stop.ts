import fs from "node:fs";
import { conditionOf, readRecord, type Condition } from "./control-plane-record.ts";
import { credentialFiles } from "./credentials.ts";
import { answersOk } from "./health.ts";
import { withLock } from "./lock.ts";
import { stateLayout } from "./state-layout.ts";
import { stopProcesses } from "./stop-processes.ts";

/** What is known of the control plane in a folder. */
export type ControlPlaneStatus = Condition & {
  /** Whether the API server says that it works. */
  readonly answers: boolean;
  /** Whether there is data of a cluster, running or not. */
  readonly hasData: boolean;
};

export async function controlPlaneStatus(stateDir: string): Promise<ControlPlaneStatus> {
  const layout = stateLayout(stateDir);
  const condition = conditionOf(readRecord(layout));
  const answers =
    condition.is !== "absent" &&
    (await answersOk(`${condition.record.server}/readyz`, credentialFiles(layout).authority));
  return { ...condition, answers, hasData: fs.existsSync(layout.etcdData) };
}

/**
 * Stops the control plane, if any, and returns when none of its processes runs. Unless told to keep the
 * data, the cluster is gone with it. Logs stay.
 */
export async function stopControlPlane(
  stateDir: string,
  { keepData = false }: { readonly keepData?: boolean } = {},
): Promise<void> {
  const layout = stateLayout(stateDir);
  if (!fs.existsSync(layout.root)) return;
  await withLock(layout.lock, "stopping the control plane", async () => {
    const record = readRecord(layout);
    if (record !== undefined) await stopProcesses(record.processes);
    fs.rmSync(layout.record, { force: true });
    fs.rmSync(layout.kubeconfig, { force: true });
    if (!keepData) fs.rmSync(layout.cluster, { recursive: true, force: true });
  });
}
