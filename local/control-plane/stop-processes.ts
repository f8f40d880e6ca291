import { LocalError } from "../local-error.ts";
import type { RecordedProcess } from "./control-plane-record.ts";
import { isAlive } from "./process-identity.ts";
import { waitUntil } from "./wait-until.ts";

/**
 * How long a part may take to end by itself, in seconds. It takes 1, but the API server waits much longer
 * where etcd is gone; to kill any of them loses nothing.
 */
const PATIENCE_SECONDS = 4;

function send(process_: RecordedProcess, signal: NodeJS.Signals): void {
  // Its number may belong to somebody else by now.
  if (!isAlive(process_)) return;
  try {
    process.kill(process_.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function ends(process_: RecordedProcess, seconds: number): Promise<boolean> {
  const still = new Error();
  const gone = () => (isAlive(process_) ? undefined : true);
  return waitUntil(gone, () => still, { seconds }).catch((error: unknown) => {
    if (error !== still) throw error;
    return false;
  });
}

async function stop(process_: RecordedProcess): Promise<void> {
  send(process_, "SIGTERM");
  if (await ends(process_, PATIENCE_SECONDS)) return;
  send(process_, "SIGKILL");
  if (await ends(process_, PATIENCE_SECONDS)) return;
  throw new LocalError(
    `${process_.name} (process ${process_.pid}) does not end, even when killed. ` +
      "It hangs in the kernel, most likely on a disk; look with ps, then run make down again.",
  );
}

/**
 * Ends processes that were started in this order: those that act on the API together, then the API
 * server, then what it stores in. Returns when none of them runs any more.
 */
export async function stopProcesses(started: readonly RecordedProcess[]): Promise<void> {
  const foundations = ["kube-apiserver", "etcd"];
  await Promise.all(started.filter(({ name }) => !foundations.includes(name)).map(stop));
  for (const name of foundations) {
    await Promise.all(started.filter((one) => one.name === name).map(stop));
  }
}
