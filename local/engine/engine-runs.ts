import fs from "node:fs";
import path from "node:path";
import { identify, isAlive, type ProcessIdentity } from "../control-plane/process-identity.ts";
import { waitUntil } from "../control-plane/wait-until.ts";
import { LocalError } from "../local-error.ts";

/** A run of the engine: who leads its process group, and the command that waits for it. */
interface EngineRun {
  readonly engine: ProcessIdentity;
  readonly command: ProcessIdentity;
}

/** How long an engine may take to finish the steps under way, in seconds. */
const PATIENCE_SECONDS = 20;
const KILL_SECONDS = 5;

const runFile = (folder: string, pid: number) => path.join(folder, `${pid}.json`);

/** Notes that an engine runs, so that it is found if the command that started it is killed. */
export function recordRun(folder: string, pid: number): void {
  const engine = identify(pid);
  const command = identify(process.pid);
  if (engine === undefined || command === undefined) return;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(runFile(folder, pid), JSON.stringify({ engine, command } satisfies EngineRun));
}

/** Notes that it has ended. */
export function forgetRun(folder: string, pid: number): void {
  fs.rmSync(runFile(folder, pid), { force: true });
}

function readRun(file: string): EngineRun | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as EngineRun;
  } catch {
    // Cut off by the kill: it says nothing of any process.
    return undefined;
  }
}

async function ends(engine: ProcessIdentity, seconds: number): Promise<boolean> {
  const gone = () => (isAlive(engine) ? undefined : true);
  return waitUntil(gone, () => new Error("still there"), { seconds }).catch(() => false);
}

function signal(engine: ProcessIdentity, pid: number, name: NodeJS.Signals): void {
  // Its number may belong to somebody else by now.
  if (!isAlive(engine)) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends the engines whose commands were killed: in good order if they can, with their plugins if not. */
export async function endLeftRuns(folder: string, seconds = PATIENCE_SECONDS): Promise<void> {
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    const run = readRun(file);
    if (run !== undefined && isAlive(run.command)) continue;
    if (run !== undefined && isAlive(run.engine)) {
      const { engine } = run;
      console.log(
        `The engine of a command that was killed still runs (${engine.pid}); it is ended first.`,
      );
      signal(engine, engine.pid, "SIGINT");
      if (!(await ends(engine, seconds))) signal(engine, -engine.pid, "SIGKILL");
      if (!(await ends(engine, KILL_SECONDS))) {
        throw new LocalError(`The engine (process ${engine.pid}) does not end, even when killed.`);
      }
    }
    fs.rmSync(file, { force: true });
  }
}
