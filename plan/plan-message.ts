import * as pulumi from "@pulumi/pulumi";
import { PlanRefused } from "./make-plan.ts";
import { FolderRefused } from "./write/write-folder.ts";

/** Whether an error is a message to whoever wrote the stack file or the program, without a trace. */
export function isPlanMessage(error: unknown): error is Error {
  if (error instanceof PlanRefused || error instanceof FolderRefused) return true;
  if (pulumi.RunError.isInstance(error)) return true;
  return pulumi.ResourceError.isInstance(error) && error.hideStack === true;
}
