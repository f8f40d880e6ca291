import { InterruptedError } from "../local-error.ts";

/** Throws when Ctrl-C was typed. Called between steps, because most of them do not listen to it. */
export function heedInterrupt(signal: AbortSignal, message: string): void {
  if (signal.aborted) throw new InterruptedError(message);
}
