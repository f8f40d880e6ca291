import * as pulumi from "@pulumi/pulumi";
import { describeProblem, type Problem } from "../components/core/problem.ts";

/** A problem of the file as a whole has no path. */
function describe(problem: Problem): string {
  return describeProblem(problem).replace(/^: /, "");
}

/** The text of {@link ConfigError}: one line for one problem, else a numbered list. */
export function describeProblems(place: string, problems: readonly Problem[]): string {
  const [first, ...rest] = problems;
  if (first !== undefined && rest.length === 0) return `${place}: ${describe(first)}`;
  const lines = problems.map((problem, index) => `${index + 1}. ${describe(problem)}`);
  return [`${place} has ${problems.length} problems:`, ...lines].join("\n");
}

/**
 * Everything wrong with one stack file, thrown before the first resource is registered. A RunError, so
 * that Pulumi prints the message without a stack trace.
 */
export class ConfigError extends pulumi.RunError {
  readonly place: string;
  readonly problems: readonly Problem[];

  constructor(place: string, problems: readonly Problem[]) {
    super(describeProblems(place, problems));
    this.place = place;
    this.problems = problems;
  }
}

/** Throws {@link ConfigError} unless the list is empty. */
export function refuseProblems(place: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ConfigError(place, problems);
}
