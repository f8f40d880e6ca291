/**
 * One thing wrong with what somebody wrote: where, what it says, the rule it breaks and the way out.
 * Checks return lists of these, so that one run names everything there is to mend.
 */
export interface Problem {
  /** Dotted path of the value below the component's own arguments, such as `backend.hpa.maxReplicas`. */
  readonly path: string;
  /** The value received, as text. Left out where the value is a secret or absent. */
  readonly got?: string;
  /** The rule, worded to follow "expected": `at least minReplicas (3)`. */
  readonly expected: string;
  /** What to do, as a full sentence. */
  readonly remedy: string;
}

/** `path: got X, expected Y. Remedy`, the one wording of every complaint. */
export function describeProblem(problem: Problem): string {
  const got = problem.got === undefined ? "" : `got ${problem.got}, `;
  return `${problem.path}: ${got}expected ${problem.expected}. ${problem.remedy}`;
}

/** The same problems seen from a parent that holds the checked value under `prefix`. */
export function underPath(prefix: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    path: problem.path === "" ? prefix : `${prefix}.${problem.path}`,
  }));
}
