import type { Progress } from "./run-checks.ts";

/** After so long a person begins to wonder. */
const PATIENCE = 2000;

/** A line about what is still under way, once it takes longer than a person waits without asking. */
export interface WaitingLine {
  readonly progress: Progress;
  readonly end: () => void;
}

/** Writes to standard error: at a terminal one line that changes, else a line and no more. */
export function waitingLine(
  total: number,
  terminal: boolean = process.stderr.isTTY && process.stderr.columns >= 40,
  write: (text: string) => void = (text) => process.stderr.write(text),
  patience: number = PATIENCE,
): WaitingLine {
  let text = `0 of ${total} checks done`;
  let shown = false;
  const show = () => {
    if (!terminal) write(`${text}\n`);
    else write(`\r\u001b[2K${text.slice(0, process.stderr.columns - 1)}`);
    shown = true;
  };
  const timer = setTimeout(show, patience);
  return {
    progress: (done, waiting) => {
      const names = [...new Set(waiting)].join(", ");
      text = `${done} of ${total} checks done; waiting for: ${names}`;
      if (shown && terminal && waiting.length > 0) show();
    },
    end: () => {
      clearTimeout(timer);
      if (shown && terminal) write("\r\u001b[2K");
    },
  };
}
