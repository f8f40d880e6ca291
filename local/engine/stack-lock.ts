import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { began } from "../control-plane/process-identity.ts";
import { LocalError } from "../local-error.ts";

/** Who holds a lock of the file backend, as far as it says. */
export interface LockOwner {
  readonly pid: number;
  readonly hostname: string;
}

/** The owners of the locks in a folder of the backend. */
export function lockOwners(folder: string): LockOwner[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as LockOwner);
}

/** What a process is, in words that hold the name of its program; undefined when it has ended. */
function programOf(pid: number): string | undefined {
  if (began(pid) === undefined) return undefined;
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // Without /proc the benefit of the doubt goes to the lock.
    return "pulumi";
  }
}

/**
 * Whether the locks are those of runs that were killed. Throws while one of the owners may still be
 * at work: an update that runs, or one on another machine that shares the folder.
 */
export function areStale(
  owners: readonly LockOwner[],
  program: (pid: number) => string | undefined = programOf,
  hostname: string = os.hostname(),
): boolean {
  const foreign = owners.find((owner) => owner.hostname !== hostname);
  if (foreign !== undefined) {
    throw new LocalError(
      `The stack is locked by process ${foreign.pid} on ${foreign.hostname}, and this is ${hostname}. ` +
        "If nothing runs there any more, remove the state folder.",
    );
  }
  const busy = owners.find(({ pid }) => program(pid)?.includes("pulumi") === true);
  if (busy !== undefined) {
    throw new LocalError(
      `Another update of the stack runs (process ${busy.pid}). Wait for it, or end it with kill -INT ${busy.pid}.`,
    );
  }
  return owners.length > 0;
}
