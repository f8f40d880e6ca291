import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { LocalError } from "../local-error.ts";
import { shown } from "../repository.ts";
import type { RecordedProcess } from "./control-plane-record.ts";
import type { Part } from "./parts.ts";
import { identify } from "./process-identity.ts";

/** A part that was started, and how it ended if it did. */
export interface Started {
  readonly process: RecordedProcess;
  readonly part: Part;
  readonly logFile: string;
  /** Undefined while it runs, else in words: `exit code 1`. */
  readonly ended: () => string | undefined;
}

/** The last lines of a log file. */
export function logTail(file: string, lines = 15): string[] {
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  return text.trimEnd().split("\n").slice(-lines);
}

/**
 * Starts a part so that it outlives this process, and in a process group of its own, so that Ctrl-C at
 * the terminal does not reach it.
 */
export async function startProcess(part: Part, logs: string): Promise<Started> {
  const logFile = path.join(logs, `${part.name}.log`);
  const log = fs.openSync(logFile, "a", 0o600);
  const child = spawn(part.file, part.args, {
    detached: true,
    stdio: ["ignore", log, log],
    // Not the environment of whoever typed make: a proxy or a Go setting in it would have effects.
    env: { PATH: process.env["PATH"] ?? "", HOME: logs },
    cwd: logs,
  });
  fs.closeSync(log);
  let end: string | undefined;
  child.on("exit", (code, signal) => {
    end = signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`;
  });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (cause) => {
      reject(
        new LocalError(`${part.name} (${shown(part.file)}) cannot be started: ${cause.message}`),
      );
    });
  });
  child.unref();
  const identity = identify(child.pid ?? -1);
  if (identity === undefined) throw partFailed(part.name, "it ended at once", logFile);
  const recorded = { name: part.name, ...identity };
  return { process: recorded, part, logFile, ended: () => end };
}

/** A failure of a part, with what it last said. */
export function partFailed(name: string, what: string, logFile: string): LocalError {
  const lines = logTail(logFile).map((line) => `  ${line}`);
  return new LocalError(
    [`${name} did not get ready: ${what}. The end of ${shown(logFile)}:`, ...lines].join("\n"),
  );
}
