import { describeProblem, type Problem } from "../../components/core/problem.ts";
import type { PlanModel } from "../model/plan-model.ts";

/** One thing that an engine or a cluster would only find out late. */
export interface PlanProblem {
  /** A URN, or an object as `Kind namespace/name`. */
  readonly place: string;
  readonly problem: Problem;
}

/** Looks through a plan for one kind of mistake. */
export type Rule = (model: PlanModel) => PlanProblem[];

/** `place: path: got X, expected Y. Remedy` */
export function describePlanProblem({ place, problem }: PlanProblem): string {
  return `${place}: ${describeProblem(problem)}`;
}

/** The problem that a name leads to nothing, with the names that would. */
export function dangling(
  path: string,
  got: string,
  expected: string,
  known: readonly string[],
): Problem {
  const names = [...new Set(known)].toSorted();
  return {
    path,
    got: JSON.stringify(got),
    expected:
      names.length === 0 ? `${expected}, and there is none` : `${expected} (${names.join(", ")})`,
    remedy:
      names.length === 0 ? "Create it, or drop the reference." : "Name one of them, or create it.",
  };
}
