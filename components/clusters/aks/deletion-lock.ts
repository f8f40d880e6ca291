import { ManagementLockByScope } from "@pulumi/azure-native/authorization/managementLockByScope.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksPlace } from "./place.ts";

/**
 * Has Azure itself refuse to delete a resource and what is part of it, whoever asks. Made where
 * `deletionProtection` is on; the next `up` after it is turned off takes it away.
 */
export function deletionLock(
  { name, child }: Pick<AksPlace, "name" | "child">,
  purpose: string,
  scope: pulumi.Input<string>,
): ManagementLockByScope {
  return new ManagementLockByScope(
    `${name}-lock-${purpose}`,
    {
      scope,
      lockName: "slipway-deletion-protection",
      level: "CanNotDelete",
      notes: "Write deletionProtection: false into the stack file and run up to take this away.",
    },
    child(),
  );
}
