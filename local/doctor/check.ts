import { answerOf, unanswered, UnexpectedAnswer, type Answer } from "./answer.ts";
import type { CommandLine, RunCommand } from "./command-runner.ts";
import { notChecked, type Section, type Verdict } from "./finding.ts";

/** Asks a program. Rejects with {@link Interrupted} after Ctrl-C. */
export interface Asking {
  readonly ask: (line: CommandLine) => Promise<Answer>;
  /** How long a program or a server may take, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** One thing to look at. */
export interface Check {
  readonly section: Section;
  /** What it is about, in a few words. */
  readonly title: string;
  readonly run: (asking: Asking) => Promise<Verdict | readonly Verdict[]>;
}

/** Ctrl-C while something was under way. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

export function asking(run: RunCommand, timeout: number, signal: AbortSignal): Asking {
  return {
    timeout,
    signal,
    ask: async (line) => {
      const outcome = await run(line);
      if (outcome.is === "interrupted") throw new Interrupted("Interrupted.");
      return answerOf(outcome);
    },
  };
}

/** Judges what a program says of why it has no answer; undefined leaves the check undone. */
type JudgeRefusal = (refusal: Exclude<Answer, { is: "answer" }>) => Verdict | undefined;

/** The check that one command is enough for. */
export function judged(
  section: Section,
  title: string,
  line: CommandLine,
  judge: (text: string) => Verdict | readonly Verdict[],
  judgeRefusal: JudgeRefusal = () => undefined,
): Check {
  return {
    section,
    title,
    run: async ({ ask, timeout }) => {
      const answer = await ask(line);
      return answer.is === "answer"
        ? judge(answer.text)
        : (judgeRefusal(answer) ?? unanswered(line, answer, timeout));
    },
  };
}

/** A check that is settled before anything runs. */
export function settled(section: Section, title: string, ...verdicts: readonly Verdict[]): Check {
  return { section, title, run: () => Promise.resolve(verdicts) };
}

/** The check, unless a value that it would ask about is still a placeholder: it may be somebody's. */
export function unlessPlaceholder(isPlaceholder: boolean, key: string, check: Check): Check {
  if (!isPlaceholder) return check;
  return settled(check.section, check.title, notChecked(`${key} is still a placeholder`));
}

/** What a check finds; an answer of an unknown form leaves it undone. */
export async function verdictsOf(check: Check, given: Asking): Promise<readonly Verdict[]> {
  try {
    const found = await check.run(given);
    return "is" in found ? [found] : found;
  } catch (error) {
    if (error instanceof UnexpectedAnswer) return [notChecked(error.message)];
    throw error;
  }
}
