import path from "node:path";
import { execa } from "execa";
import { REPOSITORY } from "../repository.ts";

/** A program and its arguments. No shell reads them. */
export interface CommandLine {
  readonly file: string;
  readonly args: readonly string[];
  /** Variables beside those of the caller. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether its output is a credential that nobody here needs: it is thrown away unread. */
  readonly discardsOutput?: boolean;
}

/** How a command ended. */
export type Outcome =
  | {
      readonly is: "ended";
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly is: "missing" }
  | { readonly is: "hung" }
  | { readonly is: "interrupted" };

export type RunCommand = (line: CommandLine) => Promise<Outcome>;

export interface RunnerOptions {
  /** Where programs are looked for: the PATH of the shell that `pulumi up` is typed in. */
  readonly searchPath: string;
  /** How long one command may take, in milliseconds. */
  readonly timeout: number;
  /** Ends every command that runs. */
  readonly signal: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
}

/** The clouds' programs are slow Python: more at once, and they run into the timeout together. */
const AT_ONCE = 4;

/**
 * Looking must change nothing: no question is asked and answered with yes, no API enabled, no extension
 * or update installed.
 */
const ONLY_LOOK: Readonly<Record<string, string>> = {
  CLOUDSDK_CORE_DISABLE_PROMPTS: "1",
  CLOUDSDK_CORE_SHOULD_PROMPT_TO_ENABLE_API: "false",
  CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: "true",
  AWS_PAGER: "",
  AWS_CLI_AUTO_PROMPT: "off",
  AZURE_EXTENSION_USE_DYNAMIC_INSTALL: "no",
  AZURE_CORE_ONLY_SHOW_ERRORS: "true",
  AZURE_CORE_NO_COLOR: "true",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  NO_COLOR: "1",
};

/** Lets so many pieces of work run at once, the others in the order in which they came. */
function gate(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Ends a command and what it started. A wrapper script would leave its child behind. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function run(line: CommandLine, options: RunnerOptions): Promise<Outcome> {
  const { searchPath, timeout, signal, env = process.env } = options;
  if (signal.aborted) return { is: "interrupted" };
  const child = execa(line.file, line.args, {
    cwd: REPOSITORY,
    env: { ...env, ...ONLY_LOOK, ...line.env, PATH: searchPath },
    extendEnv: false,
    stdin: "ignore",
    stdout: line.discardsOutput === true ? "ignore" : "pipe",
    stderr: "pipe",
    // A group of its own, so that the whole of it can be ended.
    detached: true,
    reject: false,
  });
  const ended: { by?: "timeout" | "interrupt" } = {};
  const timer = setTimeout(() => {
    ended.by = "timeout";
    endGroup(child.pid);
  }, timeout);
  const interrupt = () => {
    ended.by = "interrupt";
    endGroup(child.pid);
  };
  signal.addEventListener("abort", interrupt);
  try {
    const { exitCode, stdout, stderr, code } = await child;
    if (ended.by === "interrupt") return { is: "interrupted" };
    if (ended.by === "timeout") return { is: "hung" };
    if (code === "ENOENT" || code === "EACCES" || code === "ENOTDIR") return { is: "missing" };
    return { is: "ended", exitCode: exitCode ?? -1, stdout: stdout ?? "", stderr: stderr };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", interrupt);
  }
}

/** Runs commands, each one once however many checks ask for it. */
export function commandRunner(options: RunnerOptions): RunCommand {
  const enter = gate(AT_ONCE);
  const known = new Map<string, Promise<Outcome>>();
  return (line) => {
    const key = JSON.stringify([line.file, ...line.args]);
    const outcome = known.get(key) ?? enter(() => run(line, options));
    known.set(key, outcome);
    return outcome;
  };
}

/** The command as a person would type it. */
export function commandText({ file, args }: CommandLine): string {
  return [path.basename(file), ...args].join(" ");
}
