import type { Progress } from "./run-checks.ts";

/** After so long a person begins to wonder. */
const PATIENCE = 2000;
/** Takes the line of a terminal away. */
const CLEAR = "\r\u001b[2K";

/** A line about what is still under way, once it takes longer than a person waits without asking. */
export interface WaitingLine {
  readonly progress: Progress;
  readonly end: () => void;
}

/** A line that is cut shorter than this says nothing. */
const NARROWEST = 40;

/** Columns of the terminal that standard error is; undefined where it is none, or too narrow a one. */
function columnsOfTerminal(): number | undefined {
  const { isTTY, columns } = process.stderr;
  return isTTY && columns >= NARROWEST ? columns : undefined;
}

/** Writes to standard error: at a terminal one line that changes, else a line and no more. */
export function waitingLine(
  total: number,
  columns: number | undefined = columnsOfTerminal(),
  write: (text: string) => void = (text) => process.stderr.write(text),
  patience: number = PATIENCE,
): WaitingLine {
  let text = `0 of ${total} checks done`;
  let shown = false;
  const show = () => {
    write(columns === undefined ? `${text}\n` : CLEAR + text.slice(0, columns - 1));
    shown = true;
  };
  const timer = setTimeout(show, patience);
  return {
    progress: (done, waiting) => {
      const names = [...new Set(waiting)].join(", ");
      text = `${done} of ${total} checks done; waiting for: ${names}`;
      if (shown && columns !== undefined && waiting.length > 0) show();
    },
    end: () => {
      clearTimeout(timer);
      if (shown && columns !== undefined) write(CLEAR);
    },
  };
}
