/** Exit codes of `local/cli.ts`. 130 is what a shell expects of a program ended by Ctrl-C. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notRunning: 3, interrupted: 130 } as const;

/** A failure that a person can mend: its message is the whole explanation, so no stack is shown. */
export class LocalError extends Error {
  override readonly name = "LocalError";
  readonly exitCode: number;

  constructor(message: string, options: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = options.exitCode ?? EXIT.failed;
  }
}

/** Ctrl-C while something was under way, after that was cleaned up. */
export class InterruptedError extends LocalError {
  constructor(message: string) {
    super(message, { exitCode: EXIT.interrupted });
  }
}
