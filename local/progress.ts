import { Listr, PRESET_TIMER } from "listr2";

/** One piece of work that takes long enough for a person to wonder. */
export interface Step {
  readonly title: string;
  /** How long it takes, in words, where that is known. */
  readonly estimate?: string;
  readonly run: (note: (text: string) => void) => Promise<void>;
}

const withEstimate = ({ title, estimate }: Step) =>
  estimate === undefined ? title : `${title} (${estimate})`;

/** A line when a step begins and one when it ends: what a log file can show. */
async function runInLines(steps: readonly Step[], write: (line: string) => void): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const place = `[${index + 1}/${steps.length}]`;
    write(`${place} ${withEstimate(step)} ...`);
    const start = performance.now();
    await step.run(() => undefined);
    write(`${place} ${step.title}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

/** Runs steps one after another and shows which is under way and what is left. */
export async function runSteps(
  steps: readonly Step[],
  terminal: boolean = process.stdout.isTTY && process.stdout.columns >= 40,
  write: (line: string) => void = console.log,
): Promise<void> {
  if (!terminal) {
    await runInLines(steps, write);
    return;
  }
  const tasks = steps.map((step) => ({
    title: withEstimate(step),
    task: (_: unknown, task: { output: string }) =>
      step.run((text) => {
        task.output = text;
      }),
  }));
  // Listr would end the process on Ctrl-C, before what was started is cleaned up.
  await new Listr(tasks, {
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false },
  }).run();
}
