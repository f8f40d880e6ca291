import { asking } from "../doctor/check.ts";
import { checksFor } from "../doctor/checks.ts";
import { commandRunner } from "../doctor/command-runner.ts";
import { readStack } from "../doctor/read-stack.ts";
import { report } from "../doctor/report.ts";
import { runChecks } from "../doctor/run-checks.ts";
import type { StackFacts } from "../doctor/stack-facts.ts";
import { waitingLine } from "../doctor/waiting-line.ts";
import { EXIT } from "../local-error.ts";

export interface DoctorOptions {
  readonly stack: string;
  /** The cloud whose example stack file is meant; empty where the project's own is. */
  readonly cluster: string;
  /** The PATH of the shell that `pulumi up` is typed in; empty where it is that of this process. */
  readonly path: string;
  /** How long one program or server may take, in seconds. */
  readonly timeout: number;
  readonly json: boolean;
}

function heading({ example, file, settings: { cluster } }: StackFacts): string {
  const at = example === undefined ? file : `examples/${example}/${file}`;
  if (cluster.kind === "existing") {
    return `${at}: a cluster that exists, ${cluster.clusterIdentifier}`;
  }
  return `${at}: a cluster on ${cluster.kind.toUpperCase()}, ${cluster.name} in ${cluster.region}`;
}

/**
 * Looks at everything that the first `up` of a stack relies on, and changes nothing. Returns the exit code:
 * 1 when there is a problem. What could not be checked is none.
 */
export async function doctor(options: DoctorOptions, signal: AbortSignal): Promise<number> {
  const facts = readStack(options.stack, options.cluster === "" ? undefined : options.cluster);
  const timeout = options.timeout * 1000;
  const searchPath = options.path === "" ? (process.env["PATH"] ?? "") : options.path;
  const run = commandRunner({ searchPath, timeout, signal });
  const checks = await checksFor(facts);
  const waiting = waitingLine(checks.length);
  const findings = await runChecks(checks, asking(run, timeout, signal), waiting.progress).finally(
    waiting.end,
  );
  console.log(
    options.json
      ? JSON.stringify({ stack: options.stack, file: facts.file, findings }, null, 2)
      : report(heading(facts), findings),
  );
  return findings.some(({ is }) => is === "problem") ? EXIT.failed : EXIT.ok;
}
