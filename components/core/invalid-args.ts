import * as pulumi from "@pulumi/pulumi";
import { describeProblem, type Problem } from "./problem.ts";

/**
 * Thrown by a component's constructor for arguments that its own check refuses. Config is checked as a
 * whole before the first resource, so this is met only by code that builds components directly.
 */
export class InvalidArgsError extends pulumi.ResourceError {
  constructor(problems: readonly Problem[], resource: pulumi.Resource) {
    const lines = problems.map((problem, index) => `${index + 1}. ${describeProblem(problem)}`);
    super(["Invalid arguments:", ...lines].join("\n"), resource, true);
  }
}

/** Throws {@link InvalidArgsError} unless the list is empty. */
export function refuse(problems: readonly Problem[], resource: pulumi.Resource): void {
  if (problems.length > 0) throw new InvalidArgsError(problems, resource);
}
