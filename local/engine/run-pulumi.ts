import { execa } from "execa";

export interface PulumiCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Whether what it prints is shown while it runs, besides being returned. */
  readonly show: boolean;
  /** Called with the process number once it runs. */
  readonly started?: (pid: number) => void;
}

export interface PulumiResult {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether Ctrl-C was passed on to it. */
  readonly interrupted: boolean;
}

/**
 * Runs the Pulumi CLI. It gets a process group of its own: at the terminal Ctrl-C goes to a whole group,
 * and the engine together with its plugins would die of it in the middle of a step. It is passed on to
 * the engine alone instead, which then finishes the steps under way; a second one makes it give up.
 */
export async function runPulumi(call: PulumiCall): Promise<PulumiResult> {
  const output = call.show ? (["inherit", "pipe"] as const) : ("pipe" as const);
  const child = execa(call.file, call.args, {
    cwd: call.cwd,
    env: call.env,
    extendEnv: false,
    stdin: "ignore",
    stdout: output,
    stderr: output,
    detached: true,
    reject: false,
    maxBuffer: 200_000_000,
  });
  if (child.pid !== undefined) call.started?.(child.pid);
  let interrupted = false;
  const passOn = () => {
    interrupted = true;
    child.kill("SIGINT");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, passOn);
  try {
    const { exitCode, stdout, stderr, cause } = await child;
    const why = cause instanceof Error && exitCode === undefined ? cause.message : "";
    return { exitCode, stdout, stderr: stderr || why, interrupted };
  } finally {
    for (const signal of signals) process.off(signal, passOn);
  }
}
